#include "platform/durable_file.hpp"

#include "error.hpp"
#include "platform/path_text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#ifdef _WIN32
#include <io.h>
#include <sys/locking.h>
#else
#include <sys/file.h>
#include <unistd.h>
#endif

namespace tidemark {
namespace {

std::string why() { return std::error_code(errno, std::generic_category()).message(); }

// What both systems do, each with its own words.
#ifdef _WIN32

int open_file(const std::filesystem::path& file) {
    return _wopen(file.c_str(), _O_RDWR | _O_CREAT | _O_APPEND | _O_BINARY | _O_NOINHERIT,
                  _S_IREAD | _S_IWRITE);
}

void close_file(int descriptor) { _close(descriptor); }

std::int64_t write_some(int descriptor, std::string_view bytes) {
    constexpr std::size_t most = 1U << 20U;
    return _write(descriptor, bytes.data(),
                  static_cast<unsigned>(bytes.size() < most ? bytes.size() : most));
}

bool flush_file(int descriptor) { return _commit(descriptor) == 0; }

bool resize(int descriptor, std::uint64_t bytes) {
    return _chsize_s(descriptor, static_cast<std::int64_t>(bytes)) == 0;
}

std::int64_t size_of(int descriptor) { return _filelengthi64(descriptor); }

bool lock_file(int descriptor) { return _locking(descriptor, _LK_NBLCK, 1) == 0; }

bool is_held() { return errno == EACCES || errno == EDEADLOCK; }

#else

constexpr mode_t owner_alone = 0600;

int open_file(const std::filesystem::path& file) {
    return open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, owner_alone);
}

void close_file(int descriptor) { close(descriptor); }

std::int64_t write_some(int descriptor, std::string_view bytes) {
    return write(descriptor, bytes.data(), bytes.size());
}

bool flush_file(int descriptor) { return fsync(descriptor) == 0; }

bool resize(int descriptor, std::uint64_t bytes) {
    return ftruncate(descriptor, static_cast<off_t>(bytes)) == 0;
}

std::int64_t size_of(int descriptor) {
    struct stat state {};
    return fstat(descriptor, &state) == 0 ? std::int64_t{state.st_size} : -1;
}

bool lock_file(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB) == 0; }

bool is_held() { return errno == EWOULDBLOCK; }

#endif

} // namespace

DurableFile::DurableFile(std::filesystem::path file)
    : m_file(std::move(file)), m_descriptor(open_file(m_file)) {
    const std::int64_t size = m_descriptor < 0 ? -1 : size_of(m_descriptor);
    if (size < 0) fail("open");
    m_size = static_cast<std::uint64_t>(size);
}

DurableFile::~DurableFile() {
    if (m_descriptor >= 0) close_file(m_descriptor);
}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : m_file(std::move(other.m_file)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size) {}

void DurableFile::append(std::string_view bytes) {
    const std::uint64_t end = m_size + bytes.size();
    while (!bytes.empty()) {
        const std::int64_t written = write_some(m_descriptor, bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            const int error = written == 0 ? ENOSPC : errno;
            resize(m_descriptor, m_size);
            errno = error;
            fail("write");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    m_size = end;
}

void DurableFile::sync() {
    if (!flush_file(m_descriptor)) fail("write");
}

void DurableFile::cut(std::uint64_t bytes) {
    if (!resize(m_descriptor, bytes)) fail("shorten");
    m_size = bytes;
}

void DurableFile::fail(std::string_view what) const {
    throw Error("cannot " + std::string{what} + " '" + utf8(m_file) + "': " + why());
}

void create_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const bool is_new = std::filesystem::create_directories(folder, error);
    if (is_new && !error)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) throw Error("cannot create folder '" + utf8(folder) + "': " + error.message());
}

void sync_folder([[maybe_unused]] const std::filesystem::path& folder) {
#ifndef _WIN32
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor); // some file systems cannot; then there is no more to be had
    close(descriptor);
#endif
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
    const int descriptor = open_file(file);
    if (descriptor < 0) throw Error("cannot open '" + utf8(file) + "': " + why());
    if (lock_file(descriptor)) return std::unique_ptr<FileLock>(new FileLock(descriptor));
    const bool held = is_held();
    const std::string reason = why();
    close_file(descriptor);
    if (held) return nullptr;
    throw Error("cannot lock '" + utf8(file) + "': " + reason);
}

FileLock::~FileLock() { close_file(m_descriptor); }

} // namespace tidemark
