#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tidemark::test {

/// What a run of the program left behind.
struct Ran {
    int exit_code = 0; ///< 128 + signal when a signal ended it
    std::string out;
    std::string err;
};

/// Runs `tidemark ARGUMENTS` in a folder, with the API key in its environment variable.
Ran run_tidemark(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                 const std::string& key = "a-secret-key");

/// A process of ours that is ended, by its id, when this goes.
class Process {
public:
    /// Starts a program and waits for the first line of its standard output.
    explicit Process(const std::vector<std::string>& command);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] const std::string& first_line() const { return m_first_line; }

private:
    int m_pid = -1;
    int m_stdout = -1;
    std::string m_first_line;
};

std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, const std::string& text);

} // namespace tidemark::test
