#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace tidemark {

/// What the system says of an error number (`errno`).
inline std::string error_words(int error) { return std::generic_category().message(error); }

/// A file that is open for reading; the destructor closes it. Opening a pipe does not wait for a
/// writer.
class InputFile {
public:
    enum class Kind { file, folder, stream }; ///< a stream: a pipe, a device

    /// On failure `error()` is not 0.
    explicit InputFile(const std::filesystem::path& file);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    /// The program's standard input.
    static InputFile standard_input();

    /// The value of `errno` when opening failed; else 0.
    [[nodiscard]] int error() const { return m_error; }
    [[nodiscard]] Kind kind() const;

    /// Waits for at most `patience`. Returns whether a stream has bytes to read, or has ended.
    [[nodiscard]] bool wait(std::chrono::milliseconds patience) const;

    /// Appends the bytes that are available and sets `ended` at the end of the file. Returns a
    /// value of `errno`, or 0 when nothing failed or a later try can succeed.
    int read_into(std::string& text, bool& ended) const;

private:
    explicit InputFile(int number) : m_number(number) {}

    int m_number;
    int m_error = 0;
};

/// Who may read a new file: everybody whom the folder and the umask allow, or its owner alone.
enum class Readers { all, owner };

/// Creates a file, writes the text and flushes it to the disk. On failure it removes the file that
/// it has begun. Returns 0, EEXIST when the file exists already, or another value of `errno`.
int create_file(const std::filesystem::path& file, std::string_view text, Readers readers);

/// Whether anybody but the owner (and administrators of the machine) may read a file; false when
/// the file does not exist.
bool others_can_read(const std::filesystem::path& file);

/// The command with which the owner removes that right; `word` is the file's name, quoted for a
/// shell.
std::string command_to_hide(std::string_view word);

/// Whether this user may create files in a folder.
bool can_write_into(const std::filesystem::path& folder);

} // namespace tidemark
