#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace tidemark {

/// A file that grows at its end. What was synced is on the disk, whatever happens to this program
/// or the machine.
class DurableFile {
public:
    /// Opens it, or creates it; who else may read it is nobody's but its owner's. Throws Error.
    explicit DurableFile(std::filesystem::path file);
    ~DurableFile();
    DurableFile(DurableFile&& other) noexcept;
    DurableFile& operator=(DurableFile&&) = delete;

    /// Throws Error when it cannot be written (a full disk, say): then its end is where it was,
    /// unless that cannot be had either.
    void append(std::string_view bytes);

    /// Returns when what was appended is on the disk. Throws Error.
    void sync();

    /// Cuts off what stands behind this many bytes. Throws Error.
    void cut(std::uint64_t bytes);

    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path m_file;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

/// Creates a folder, and those above it that are missing, for its owner alone. Throws Error.
void create_private_folder(const std::filesystem::path& folder);

/// Returns when the names of the files in a folder are on the disk.
void sync_folder(const std::filesystem::path& folder);

/// As `replace_file`, and returns when the new text is on the disk.
void replace_file_durably(const std::filesystem::path& file, std::string_view text);

/// Held by one program at a time; let go by the operating system when the program ends, however it
/// ends.
class FileLock {
public:
    /// Null when another program, or another of this one's, holds it. The file is created, and
    /// stays. Throws Error.
    static std::unique_ptr<FileLock> try_lock(const std::filesystem::path& file);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace tidemark
