#include "config/text_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace tidemark {
namespace {

std::string system_word(int code) { return std::generic_category().message(code); }

/// At most `most` bytes.
std::string read_bytes(std::ifstream& stream, std::size_t most) {
    std::string text(most, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(most));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

} // namespace

TextFile read_text_file(const std::filesystem::path& file, std::size_t most) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) return {"", system_word(EISDIR)};
    errno = 0;
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return {"", system_word(errno)};
    std::string text = read_bytes(stream, most + 1);
    if (stream.bad()) return {"", system_word(EIO)};
    if (text.size() > most) return {"", system_word(EFBIG)};
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    return {std::move(text), ""};
}

} // namespace tidemark
