#include "simulator/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace simulator {
namespace {

constexpr std::string_view white = " \t\r\n";

std::size_t skip_white(std::string_view json, std::size_t at) {
    return std::min(json.find_first_not_of(white, at), json.size());
}

std::size_t end_of_string(std::string_view json, std::size_t at) {
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\') ++at;
    }
    return std::min(at + 1, json.size());
}

std::size_t end_of_nested(std::string_view json, std::size_t at) {
    std::size_t depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = end_of_string(json, at);
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at;
        if (depth == 0) return at;
    }
    return at;
}

std::size_t find_name(std::string_view json, std::string_view pascal_name, std::size_t from) {
    std::string camel_name{pascal_name};
    camel_name[0] = static_cast<char>(camel_name[0] | 0x20);
    const std::size_t pascal = json.find(fmt::format("\"{}\"", pascal_name), from);
    const std::size_t camel = json.find(fmt::format("\"{}\"", camel_name), from);
    return std::min(pascal, camel);
}

} // namespace

std::size_t end_of_value(std::string_view json, std::size_t at) {
    if (at >= json.size()) return at;
    if (json[at] == '"') return end_of_string(json, at);
    if (json[at] == '{' || json[at] == '[') return end_of_nested(json, at);
    return std::min(json.find_first_of(",]} \t\r\n", at), json.size());
}

std::vector<Span> elements_of(std::string_view json) {
    std::vector<Span> elements;
    std::size_t at = skip_white(json, 0);
    if (at >= json.size() || json[at] != '[') return elements;
    at = skip_white(json, at + 1);
    while (at < json.size() && json[at] != ']') {
        elements.push_back({at, end_of_value(json, at)});
        at = skip_white(json, elements.back().end);
        if (at < json.size() && json[at] == ',') at = skip_white(json, at + 1);
    }
    return elements;
}

std::optional<FoundMember> find_member(std::string_view json, std::string_view pascal_name,
                                       std::size_t from) {
    const std::size_t begin = find_name(json, pascal_name, from);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t colon = skip_white(json, begin + pascal_name.size() + 2);
    const std::size_t value = skip_white(json, colon + 1);
    const std::size_t end = end_of_value(json, value);
    return FoundMember{{begin, end}, {value, end}};
}

std::string replaced(std::string_view text, Span part, std::string_view by) {
    return std::string{text.substr(0, part.begin)}.append(by).append(text.substr(part.end));
}

std::string without_member(std::string_view text, const FoundMember& member) {
    Span gone = member.whole;
    const std::size_t after = skip_white(text, gone.end);
    if (after < text.size() && text[after] == ',') {
        gone.end = skip_white(text, after + 1);
    } else if (const auto comma = text.find_last_not_of(white, gone.begin - 1);
               comma != std::string_view::npos && text[comma] == ',') {
        gone.begin = comma;
    }
    return replaced(text, gone, "");
}

} // namespace simulator
