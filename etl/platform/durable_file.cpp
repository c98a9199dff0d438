#include "platform/durable_file.hpp"

#include "error.hpp"
#include "platform/descriptor.hpp"
#include "platform/new_file.hpp"
#include "platform/path_text.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace tidemark {
DurableFile::DurableFile(std::filesystem::path file)
    : m_file(std::move(file)), m_descriptor(descriptor::open(m_file, Readers::owner)) {
    const std::int64_t size = m_descriptor < 0 ? -1 : descriptor::size(m_descriptor);
    if (size < 0) fail("open");
    m_size = static_cast<std::uint64_t>(size);
}

DurableFile::~DurableFile() {
    if (m_descriptor >= 0) descriptor::close(m_descriptor);
}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : m_file(std::move(other.m_file)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size) {}

void DurableFile::append(std::string_view bytes) {
    const std::uint64_t end = m_size + bytes.size();
    while (!bytes.empty()) {
        const std::int64_t written = descriptor::write(m_descriptor, bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            const int error = written == 0 ? ENOSPC : errno;
            descriptor::resize(m_descriptor, m_size);
            errno = error;
            fail("write");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    m_size = end;
}

void DurableFile::sync() {
    if (!descriptor::flush(m_descriptor)) fail("write");
}

void DurableFile::cut(std::uint64_t bytes) {
    if (!descriptor::resize(m_descriptor, bytes)) fail("shorten");
    m_size = bytes;
}

void DurableFile::fail(std::string_view what) const {
    throw Error("cannot " + std::string{what} + " '" + utf8(m_file) + "': " + error_words(errno));
}

void create_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const bool is_new = std::filesystem::create_directories(folder, error);
    if (is_new && !error)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) throw Error("cannot create folder '" + utf8(folder) + "': " + error.message());
}

void replace_file_durably(const std::filesystem::path& file, std::string_view text) {
    std::filesystem::path beginning = file;
    beginning += ".new";
    std::error_code error;
    {
        DurableFile out(beginning);
        out.cut(0);
        out.append(text);
        out.sync();
    }
    std::filesystem::rename(beginning, file, error);
    if (error) throw Error("cannot write '" + utf8(file) + "': " + error.message());
    sync_folder(file.parent_path());
}

std::unique_ptr<FileLock> FileLock::try_lock(const std::filesystem::path& file) {
    const int number = descriptor::open(file, Readers::owner);
    if (number < 0) throw Error("cannot open '" + utf8(file) + "': " + error_words(errno));
    if (descriptor::lock(number)) return std::unique_ptr<FileLock>(new FileLock(number));
    const bool held = descriptor::is_held();
    const std::string reason = error_words(errno);
    descriptor::close(number);
    if (held) return nullptr;
    throw Error("cannot lock '" + utf8(file) + "': " + reason);
}

FileLock::~FileLock() { descriptor::close(m_descriptor); }

void replace_file(const std::filesystem::path& file, std::string_view text) {
    NewFile next(file);
    next.stream() << text;
    next.keep();
}

} // namespace tidemark
