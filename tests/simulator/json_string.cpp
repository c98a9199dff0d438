#include "simulator/json_string.hpp"

#include <fmt/format.h>

#include <iterator>

namespace simulator {
namespace {

void append_unit(std::string& out, unsigned unit) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", unit);
}

void append_code_point(std::string& out, unsigned code) {
    if (code < 0x10000) return append_unit(out, code);
    append_unit(out, 0xD800 + ((code - 0x10000) >> 10U));
    append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
}

/// Bytes of the UTF-8 sequence that begins with this byte.
std::size_t sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xE0) return 2;
    return first < 0xF0 ? 3 : 4;
}

unsigned decode(std::string_view sequence) {
    constexpr unsigned masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned code = static_cast<unsigned char>(sequence[0]) & masks[sequence.size()];
    for (const char c : sequence.substr(1)) {
        code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    }
    return code;
}

} // namespace

std::string json_escaped(std::string_view text, bool ascii) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::string_view sequence = text.substr(at, sequence_length(byte));
        at += sequence.size();
        if (byte == '"' || byte == '\\')
            out.append("\\").append(sequence);
        else if (byte < 0x20 || (ascii && byte >= 0x80))
            append_code_point(out, decode(sequence));
        else
            out += sequence;
    }
    return out;
}

} // namespace simulator
