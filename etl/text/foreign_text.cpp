#include "text/foreign_text.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

std::string_view without_leading_space(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

struct Word {
    std::string_view foreign;
    std::string_view json;
};

constexpr std::array<Word, 6> foreign_words = {{{"None", "null"},
                                                {"True", "true"},
                                                {"False", "false"},
                                                {"NaN", "null"},
                                                {"Infinity", "null"},
                                                {"undefined", "null"}}};

bool is_word_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The word that the text begins with, if another language writes it.
const Word* foreign_word(std::string_view text) {
    const auto* const end = std::find_if_not(text.begin(), text.end(), is_word_part);
    const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    const auto* const found =
        std::find_if(foreign_words.begin(), foreign_words.end(),
                     [word](const Word& known) { return known.foreign == word; });
    return found == foreign_words.end() ? nullptr : found;
}

/// What a file begins with that someone has compressed.
std::string_view compressed_as(std::string_view text) {
    if (text.starts_with("\x1F\x8B")) return "gzip";
    if (text.starts_with("PK\x03\x04")) return "zip";
    if (text.starts_with("\x28\xB5\x2F\xFD")) return "zstd";
    return "";
}

std::string describe_object(std::string_view text) {
    const bool per_line = text.find("}\n{") != std::string_view::npos ||
                          text.find("}\r\n{") != std::string_view::npos;
    return (per_line ? "is an object on each line (NDJSON), and not one array of them: "
                     : "is an object: ") +
           quoted(text);
}

} // namespace

bool looks_like_utf16(std::string_view beginning) {
    return beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF") ||
           beginning.substr(0, 2).find('\0') != std::string_view::npos;
}

std::string foreign_notation(std::string_view json) {
    for (std::size_t at = 0; at < json.size();) {
        const char c = json[at];
        if (c == '\'')
            return "is not valid JSON: it holds single quotes, where JSON has double ones";
        if (c == '"') {
            at = past_json_string(json, at);
        } else if (!is_word_part(c)) {
            ++at;
        } else if (const Word* word = foreign_word(json.substr(at))) {
            return fmt::format("is not valid JSON: it holds '{}', where JSON has '{}'",
                               word->foreign, word->json);
        } else {
            while (at < json.size() && is_word_part(json[at]))
                ++at;
        }
    }
    return {};
}

std::string describe_foreign_body(std::string_view beginning) {
    const std::string_view text = without_leading_space(beginning);
    if (text.empty()) return "is empty";
    if (looks_like_utf16(text) || text == "\xFF" || text == "\xFE") {
        return "is UTF-16, and has to be UTF-8";
    }
    if (const auto how = compressed_as(text); !how.empty()) {
        return fmt::format("is compressed ({}), and no header 'Content-Encoding' says so", how);
    }
    if (text.front() == '<') {
        return "is HTML or XML, as from a proxy or a login page: " + quoted(text);
    }
    if (text.front() == '{') return describe_object(text);
    if (const Word* word = foreign_word(text)) {
        return fmt::format("is '{}', which is no JSON", word->foreign);
    }
    return "begins with " + quoted(text);
}

} // namespace tidemark
