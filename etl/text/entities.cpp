#include "text/entities.hpp"

namespace tidemark {
namespace {

std::string_view entity_of(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

} // namespace

std::string with_entities(std::string_view text, std::string_view characters) {
    std::string written;
    written.reserve(text.size());
    for (const char c : text) {
        if (characters.find(c) == std::string_view::npos)
            written += c;
        else
            written += entity_of(c);
    }
    return written;
}

} // namespace tidemark
