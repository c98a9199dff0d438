#pragma once

#include "support/temporary_folder.hpp"

#include <sys/types.h>

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

/// `tidemark ARGUMENTS` under way in a folder, with the API key in its environment variable. Killed
/// when this goes.
class RunningTidemark {
public:
    RunningTidemark(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                    const std::string& key = "a-secret-key");
    ~RunningTidemark();
    RunningTidemark(const RunningTidemark&) = delete;
    RunningTidemark& operator=(const RunningTidemark&) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }

    /// Returns whether it was still there to receive it.
    bool signal(int number) const;

    /// Waits for its end.
    Ran wait();

private:
    TemporaryFolder m_output;
    pid_t m_pid = -1; ///< -1 once it has ended
};

/// The same, to its end.
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

} // namespace tidemark::test
