#include "config/text_file.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "text/foreign_text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <system_error>

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

std::string system_word(int code) { return std::generic_category().message(code); }

/// A file that is open for reading, and closed with this. Opening a pipe does not wait for whoever
/// writes to it.
class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& file)
        : m_number(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)) {}
    ~OpenFile() {
        if (m_number >= 0) ::close(m_number);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] bool is_open() const { return m_number >= 0; }

    [[nodiscard]] mode_t mode() const {
        struct stat status {};
        return ::fstat(m_number, &status) == 0 ? status.st_mode : 0;
    }

    /// Whether there is something to read, or the end, before `deadline`.
    [[nodiscard]] bool wait(Clock::time_point deadline) const {
        constexpr int slice_ms = 100;
        pollfd polled{.fd = m_number, .events = POLLIN, .revents = 0};
        while (Clock::now() < deadline) {
            stop_if_interrupted();
            if (::poll(&polled, 1, slice_ms) > 0) return true;
        }
        return false;
    }

    /// Appends what can be read at once. Returns the system's error, 0 when there was none.
    int read_into(std::string& text, bool& ended) const {
        std::array<char, 65536> piece{};
        const ssize_t count = ::read(m_number, piece.data(), piece.size());
        if (count < 0) return errno;
        ended = count == 0;
        text.append(piece.data(), static_cast<std::size_t>(count));
        return 0;
    }

private:
    int m_number;
};

bool is_passing(int error) { return error == EINTR || error == EAGAIN; }

TextFile read_bytes(const OpenFile& file, std::size_t most, std::chrono::milliseconds patience) {
    const bool can_wait = !S_ISREG(file.mode());
    const auto deadline = Clock::now() + patience;
    TextFile read;
    for (bool ended = false; !ended && read.text.size() <= most;) {
        if (can_wait && !file.wait(deadline)) {
            return {"", "it is a pipe or a device that nothing comes out of"};
        }
        const int error = file.read_into(read.text, ended);
        if (error != 0 && !is_passing(error)) return {"", system_word(error)};
    }
    if (read.text.size() > most) return {"", fmt::format("it is larger than {} bytes", most)};
    return read;
}

} // namespace

TextFile read_text_file(const std::filesystem::path& file, std::size_t most,
                        std::chrono::milliseconds patience) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    const OpenFile opened{file};
    if (!opened.is_open()) return {"", system_word(errno)};
    if (S_ISDIR(opened.mode())) return {"", system_word(EISDIR)};
    TextFile read = read_bytes(opened, most, patience);
    if (looks_like_utf16(read.text)) return {"", "it is UTF-16; save it as UTF-8"};
    if (read.text.starts_with(byte_order_mark)) read.text.erase(0, byte_order_mark.size());
    return read;
}

namespace {

[[noreturn]] void fail_writing(const std::filesystem::path& file, int error) {
    throw ConfigError(fmt::format("cannot write '{}': {}", file.string(), system_word(error)));
}

/// Returns the system's error, 0 when all was written.
int write_all_of(int number, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(number, text.data(), text.size());
        if (count < 0 && errno != EINTR) return errno;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(number) == 0 || errno == EINVAL ? 0 : errno; // which a pipe cannot
}

void write_new_file(const std::filesystem::path& file, std::string_view text, Readers readers) {
    const mode_t mode =
        readers == Readers::owner ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
    const int number = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (number < 0 && errno == EEXIST) {
        throw ConfigError(fmt::format("'{}' is there already", file.string()));
    }
    if (number < 0) fail_writing(file, errno);
    const int error = write_all_of(number, text);
    ::close(number);
    if (error == 0) return;
    ::unlink(file.c_str());
    fail_writing(file, error);
}

} // namespace

void write_text_file(const std::filesystem::path& file, std::string_view text, Readers readers,
                     Existing existing) {
    if (existing == Existing::keep) return write_new_file(file, text, readers);
    std::filesystem::path next = file;
    next += ".new";
    ::unlink(next.c_str()); // of a run that was cut off
    write_new_file(next, text, readers);
    if (::rename(next.c_str(), file.c_str()) != 0) {
        const int error = errno;
        ::unlink(next.c_str());
        fail_writing(file, error);
    }
}

} // namespace tidemark
