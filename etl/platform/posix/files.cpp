#include "platform/files.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace tidemark {
namespace {

bool is_passing(int error) { return error == EINTR || error == EAGAIN; }

/// Returns the system's error, 0 when all was written.
int write_all_of(int number, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(number, text.data(), text.size());
        if (count < 0 && errno != EINTR) return errno;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(number) == 0 || errno == EINVAL ? 0 : errno; // which a pipe cannot
}

} // namespace

InputFile::InputFile(const std::filesystem::path& file)
    : m_number(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)),
      m_error(m_number < 0 ? errno : 0) {}

InputFile::~InputFile() {
    if (m_number >= 0) ::close(m_number);
}

// opened anew: the descriptor that others share keeps its mode
InputFile InputFile::standard_input() { return InputFile{std::filesystem::path{"/dev/stdin"}}; }

InputFile::Kind InputFile::kind() const {
    struct stat status {};
    if (::fstat(m_number, &status) != 0) return Kind::stream;
    if (S_ISDIR(status.st_mode)) return Kind::folder;
    return S_ISREG(status.st_mode) ? Kind::file : Kind::stream;
}

bool InputFile::wait(std::chrono::milliseconds patience) const {
    pollfd polled{.fd = m_number, .events = POLLIN, .revents = 0};
    return ::poll(&polled, 1, static_cast<int>(patience.count())) > 0;
}

int InputFile::read_into(std::string& text, bool& ended) const {
    std::array<char, 65536> piece{};
    const ssize_t count = ::read(m_number, piece.data(), piece.size());
    if (count < 0) return is_passing(errno) ? 0 : errno;
    ended = count == 0;
    text.append(piece.data(), static_cast<std::size_t>(count));
    return 0;
}

int create_file(const std::filesystem::path& file, std::string_view text, Readers readers) {
    const mode_t mode =
        readers == Readers::owner ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
    const int number = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (number < 0) return errno;
    const int error = write_all_of(number, text);
    ::close(number);
    if (error != 0) ::unlink(file.c_str());
    return error;
}

bool others_can_read(const std::filesystem::path& file) {
    using std::filesystem::perms;
    std::error_code ignored;
    const auto status = std::filesystem::status(file, ignored);
    return std::filesystem::exists(status) &&
           (status.permissions() & (perms::group_read | perms::others_read)) != perms::none;
}

std::string command_to_hide(std::string_view word) { return "chmod 600 " + std::string{word}; }

bool can_write_into(const std::filesystem::path& folder) {
    return access(folder.c_str(), W_OK) == 0;
}

} // namespace tidemark
