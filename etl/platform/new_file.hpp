#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace tidemark {

/// A file that is written piece by piece, and takes the place of an older one only when it is
/// complete: readers see the old file or the new one, never a part. It is written as `FILE.new`
/// beside it, by one program at a time.
class NewFile {
public:
    /// Throws Error when it cannot be begun: in a folder that is not there, or where the name is
    /// that of a folder or a device, or while another program writes the same file.
    explicit NewFile(std::filesystem::path file);

    /// Without `keep` before, what was written is removed, and the old file is unchanged.
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    /// What is printed into it; printing throws Error when it fails.
    [[nodiscard]] std::ostream& stream() { return m_stream; }

    /// Replaces the old file, atomically. Throws Error when that fails; the old file is unchanged
    /// then. Nothing can be written afterwards.
    void keep();

private:
    class Buffer : public std::streambuf {
    public:
        explicit Buffer(NewFile& file);

    protected:
        int_type overflow(int_type c) override;
        int sync() override;

    private:
        NewFile& m_file;
        std::string m_bytes;
    };

    void write(std::string_view bytes) const;
    void close();
    void discard(); ///< what was written, where it is ours
    [[noreturn]] void discard_and_fail(const std::string& why);
    [[noreturn]] void fail(const std::string& why) const;

    std::filesystem::path m_file;
    std::filesystem::path m_beginning;
    int m_descriptor = -1; ///< -1 once it is closed
    bool m_is_ours = false;
    Buffer m_buffer;
    std::ostream m_stream;
};

} // namespace tidemark
