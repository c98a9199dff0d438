#include "platform/descriptor.hpp"

#include "platform/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace tidemark {
namespace descriptor {

int open(const std::filesystem::path& file, Readers readers) {
    const mode_t mode = readers == Readers::owner ? 0600 : 0666;
    return ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode);
}

void close(int number) { ::close(number); }

std::int64_t write(int number, std::string_view bytes) {
    return ::write(number, bytes.data(), bytes.size());
}

bool flush(int number) { return ::fsync(number) == 0; }

bool resize(int number, std::uint64_t bytes) {
    return ::ftruncate(number, static_cast<off_t>(bytes)) == 0;
}

std::int64_t size(int number) {
    struct stat state {};
    return ::fstat(number, &state) == 0 ? std::int64_t{state.st_size} : -1;
}

bool lock(int number) { return ::flock(number, LOCK_EX | LOCK_NB) == 0; }

bool is_held() { return errno == EWOULDBLOCK; }

} // namespace descriptor

void sync_folder(const std::filesystem::path& folder) {
    const int number = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (number < 0) return;
    ::fsync(number); // some file systems cannot; then there is no more to be had
    ::close(number);
}

} // namespace tidemark
