#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace tidemark {

/// A file that is open for reading, and closed with this. Opening a pipe does not wait for whoever
/// writes to it.
class InputFile {
public:
    enum class Kind { file, folder, stream }; ///< a stream: a pipe, a device

    /// `error()` says why it could not be opened.
    explicit InputFile(const std::filesystem::path& file);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    /// What the program is given to read.
    static InputFile standard_input();

    /// As `errno` has it; 0 when it is open.
    [[nodiscard]] int error() const { return m_error; }
    [[nodiscard]] Kind kind() const;

    /// Whether a stream has something to read, or its end, within `patience`.
    [[nodiscard]] bool wait(std::chrono::milliseconds patience) const;

    /// Appends what can be read at once, and tells when that was the end. Returns an error as
    /// `errno` has it, 0 when there was none or when it passes.
    int read_into(std::string& text, bool& ended) const;

private:
    explicit InputFile(int number) : m_number(number) {}

    int m_number;
    int m_error = 0;
};

/// Who may read a file that is written: everybody whom the folder or the umask lets, or its owner
/// alone.
enum class Readers { all, owner };

/// Writes a file that is not there yet, through to the disk; removes what it has begun where that
/// fails. Returns an error as `errno` has it, EEXIST when the file is there, or 0.
int create_file(const std::filesystem::path& file, std::string_view text, Readers readers);

/// Whether anybody but its owner (and who administers the machine) may read a file; false where it
/// is not there.
bool others_can_read(const std::filesystem::path& file);

/// The command with which its owner takes that right from others; `word` is the file as a shell
/// reads it.
std::string command_to_hide(std::string_view word);

/// Whether this user may create files in a folder.
bool can_write_into(const std::filesystem::path& folder);

} // namespace tidemark
