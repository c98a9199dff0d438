#include "config/toml_text.hpp"

#include "parse/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

std::string basic(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (is_control(c)) {
            quoted += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
            continue;
        }
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace

std::string toml_text(std::string_view text) {
    const bool controls = std::any_of(text.begin(), text.end(), is_control);
    if (controls || text.find_first_of("\\\"") == std::string_view::npos) return basic(text);
    if (text.find('\'') == std::string_view::npos) return fmt::format("'{}'", text);
    const bool closes = text.find("'''") != std::string_view::npos || text.ends_with('\'');
    return closes ? basic(text) : fmt::format("'''{}'''", text);
}

} // namespace tidemark
