#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// From now on a crash of this process writes no core file, which would contain the API key. No
/// effect on systems without core files.
void forbid_core_file();

/// Opens `/dev/null` for each of the descriptors 0 to 2 that is closed. Otherwise a file or socket
/// that is opened later could get one of these numbers, and receive output that is meant for the
/// terminal. Printing to a closed standard output still fails.
void open_standard_streams();

/// Ends the program as SIGPIPE does when the reader of the standard output has closed it: `head`,
/// for example, closes its input when it has enough lines, and expects no message. No effect on
/// Windows.
void end_if_reader_is_gone();

/// The path of the running program, with symbolic links resolved.
std::filesystem::path program_path();

/// The scheduler of this system, as `tidemark schedule --as` takes it.
std::string own_scheduler();

/// Writes to stderr. An error of writing is ignored.
void write_stderr(std::string_view text);

/// From now on printing to the standard output throws when it fails.
void watch_stdout();

/// Flushes the standard output. Throws Error when that fails (the disk is full, for example), so
/// that lost output never looks like success. Calls `end_if_reader_is_gone` before it throws.
void flush_stdout();

/// The command line in UTF-8, the program's name first.
class Arguments {
public:
    /// From the arguments of `main`.
    Arguments(int argc, char** argv);

    /// In the form of `main`: the array ends with a null pointer.
    [[nodiscard]] int count() const { return static_cast<int>(m_texts.size()); }
    [[nodiscard]] char** values() { return m_values.data(); }

private:
    void point_to_texts() {
        for (std::string& text : m_texts)
            m_values.push_back(text.data());
        m_values.push_back(nullptr);
    }

    std::vector<std::string> m_texts;
    std::vector<char*> m_values;
};

/// An environment variable in UTF-8; nullopt where it is not set.
std::optional<std::string> environment(const std::string& name);

} // namespace tidemark
