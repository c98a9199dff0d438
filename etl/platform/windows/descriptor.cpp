#include "platform/descriptor.hpp"

#include "platform/durable_file.hpp"

#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#include <windows.h>

#include <algorithm>
#include <cerrno>

namespace tidemark {
namespace descriptor {

int open(const std::filesystem::path& file, Readers /*readers*/) { // the folder decides
    return _wopen(file.c_str(), _O_RDWR | _O_CREAT | _O_APPEND | _O_BINARY | _O_NOINHERIT,
                  _S_IREAD | _S_IWRITE);
}

void close(int number) { _close(number); }

std::int64_t write(int number, std::string_view bytes) {
    constexpr std::size_t most = 1U << 20U;
    return _write(number, bytes.data(), static_cast<unsigned>(std::min(bytes.size(), most)));
}

bool flush(int number) { return _commit(number) == 0; }

bool resize(int number, std::uint64_t bytes) {
    return _chsize_s(number, static_cast<std::int64_t>(bytes)) == 0;
}

std::int64_t size(int number) { return _filelengthi64(number); }

bool lock(int number) {
    OVERLAPPED from_start{};
    const auto file = reinterpret_cast<HANDLE>(_get_osfhandle(number));
    if (LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                   &from_start) != 0)
        return true;
    errno = GetLastError() == ERROR_LOCK_VIOLATION ? EACCES : EIO;
    return false;
}

bool is_held() { return errno == EACCES; }

} // namespace descriptor

void sync_folder(const std::filesystem::path& /*folder*/) {} // names are written with their files

} // namespace tidemark
