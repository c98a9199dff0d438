#include "config/text_file.hpp"

#include "error.hpp"
#include "platform/files.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <string_view>
#include <system_error>

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

/// Whether there is something to read, or the end, before `deadline`.
bool wait_for(const InputFile& file, Clock::time_point deadline) {
    constexpr std::chrono::milliseconds slice{100};
    while (Clock::now() < deadline) {
        stop_if_interrupted();
        if (file.wait(slice)) return true;
    }
    return false;
}

TextFile read_bytes(const InputFile& file, std::size_t most, std::chrono::milliseconds patience) {
    const bool can_wait = file.kind() == InputFile::Kind::stream;
    const auto deadline = Clock::now() + patience;
    TextFile read;
    for (bool ended = false; !ended && read.text.size() <= most;) {
        if (can_wait && !wait_for(file, deadline)) {
            return {"", "it is a pipe or a device that nothing comes out of"};
        }
        if (const int error = file.read_into(read.text, ended)) return {"", error_words(error)};
    }
    if (read.text.size() > most) return {"", fmt::format("it is larger than {} bytes", most)};
    return read;
}

TextFile read_text(const InputFile& file, std::size_t most, std::chrono::milliseconds patience) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (file.error() != 0) return {"", error_words(file.error())};
    if (file.kind() == InputFile::Kind::folder) return {"", error_words(EISDIR)};
    TextFile read = read_bytes(file, most, patience);
    if (looks_like_utf16(read.text)) return {"", "it is UTF-16; save it as UTF-8"};
    if (read.text.starts_with(byte_order_mark)) read.text.erase(0, byte_order_mark.size());
    return read;
}

} // namespace

TextFile read_text_file(const std::filesystem::path& file, std::size_t most,
                        std::chrono::milliseconds patience) {
    return read_text(InputFile{file}, most, patience);
}

TextFile read_standard_input(std::size_t most, std::chrono::milliseconds patience) {
    return read_text(InputFile::standard_input(), most, patience);
}

namespace {

[[noreturn]] void fail_writing(const std::filesystem::path& file, const std::string& why) {
    throw ConfigError(fmt::format("cannot write '{}': {}", utf8(file), why));
}

void write_new_file(const std::filesystem::path& file, std::string_view text, Readers readers) {
    const int error = create_file(file, text, readers);
    if (error == EEXIST) throw ConfigError(fmt::format("'{}' is there already", utf8(file)));
    if (error != 0) fail_writing(file, error_words(error));
}

} // namespace

void write_text_file(const std::filesystem::path& file, std::string_view text, Readers readers,
                     Existing existing) {
    if (existing == Existing::keep) return write_new_file(file, text, readers);
    std::filesystem::path next = file;
    next += ".new";
    std::error_code error;
    std::filesystem::remove(next, error); // of a run that was cut off
    write_new_file(next, text, readers);
    std::filesystem::rename(next, file, error);
    if (!error) return;
    std::error_code ignored;
    std::filesystem::remove(next, ignored);
    fail_writing(file, error.message());
}

} // namespace tidemark
