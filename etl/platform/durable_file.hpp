#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace tidemark {

/// A file that grows at its end. Bytes that were synced survive a crash of the program or the
/// machine.
class DurableFile {
public:
    /// Opens the file, or creates it with access for its owner alone. Throws Error.
    explicit DurableFile(std::filesystem::path file);
    ~DurableFile();
    DurableFile(DurableFile&& other) noexcept;
    DurableFile& operator=(DurableFile&&) = delete;

    /// Throws Error when the bytes cannot be written (the disk is full, for example). It then cuts
    /// the file back to its size before, if that is possible.
    void append(std::string_view bytes);

    /// Returns when the appended bytes are on the disk. Throws Error.
    void sync();

    /// Truncates the file to this many bytes. Throws Error.
    void cut(std::uint64_t bytes);

    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path m_file;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

/// Creates a folder and its missing parents, with access for the owner alone. Throws Error.
void create_private_folder(const std::filesystem::path& folder);

/// Replaces a file atomically: readers see the old text or the new one, never a part. Throws Error
/// when that fails; the old file is unchanged then.
void replace_file(const std::filesystem::path& file, std::string_view text);

/// Like `replace_file`, but returns only when the new text is on the disk.
void replace_file_durably(const std::filesystem::path& file, std::string_view text);

/// A lock that one program holds at a time. The operating system releases it when the program ends,
/// even when it is killed.
class FileLock {
public:
    /// Null when another `FileLock` holds the file, in this program or in another. The file is
    /// created when it is missing, and never removed. Throws Error.
    static std::unique_ptr<FileLock> try_lock(const std::filesystem::path& file);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace tidemark
