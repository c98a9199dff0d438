#include "parse/foreign_body.hpp"

#include "parse/text.hpp"

namespace tidemark {
namespace {

std::string_view without_leading_space(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

} // namespace

bool looks_like_utf16(std::string_view beginning) {
    return beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF") ||
           beginning.substr(0, 2).find('\0') != std::string_view::npos;
}

std::string describe_foreign_body(std::string_view beginning) {
    const std::string_view text = without_leading_space(beginning);
    if (text.empty()) return "is empty";
    if (looks_like_utf16(text) || text == "\xFF" || text == "\xFE") {
        return "is UTF-16, save it as UTF-8";
    }
    if (text.front() == '<') {
        return "is HTML or XML, as from a proxy or a login page: " + quoted(text);
    }
    if (text.front() == '{') return "is an object: " + quoted(text);
    return "begins with " + quoted(text);
}

} // namespace tidemark
