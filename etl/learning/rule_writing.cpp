#include "learning/rule_writing.hpp"

#include "learning/alike_messages.hpp"
#include "text/did_you_mean.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace tidemark {
namespace {

using What = KindPart::What;

/// More ways to write what varies are taken together.
constexpr std::size_t most_forms = 8;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A number as programs write it stands for every such number; letters stay: they are units, or
/// names of months and halves of the day.
std::string form_pattern(const std::string& form) {
    std::string pattern;
    for (std::size_t at = 0; at < form.size();) {
        if (form[at] == '9') {
            while (at < form.size() &&
                   (form[at] == '9' ||
                    (at + 1 < form.size() && form[at + 1] == '9' &&
                     std::string_view{".,:'/-"}.find(form[at]) != std::string_view::npos)))
                ++at;
            pattern += R"(\d[\d.,:'/-]*)";
        } else if (form.compare(at, 2, "AM") == 0 || form.compare(at, 2, "PM") == 0) {
            pattern += "[AP]M";
            at += 2;
        } else {
            pattern += literal(form.substr(at, 1));
            ++at;
        }
    }
    return pattern;
}

bool is_hexadecimal(const std::string& form) {
    return std::any_of(form.begin(), form.end(), is_letter) &&
           std::all_of(form.begin(), form.end(),
                       [](char c) { return bytes::is(c, bytes::hex) || c == 'x'; });
}

std::string varying_pattern(const KindPart& part) {
    if (part.token == TokenKind::guid) return "[0-9A-Fa-f-]{32,36}";
    if (part.token == TokenKind::path) {
        const bool spaces = std::any_of(part.forms.begin(), part.forms.end(), [](const auto& form) {
            return form.find(' ') != std::string::npos;
        });
        return spaces ? R"(\S[^\r\n]*[/\\]\S*)" : R"(\S*[/\\]\S*)";
    }
    std::set<std::string> patterns;
    for (const std::string& form : part.forms) {
        if (part.token == TokenKind::number && is_hexadecimal(form)) {
            patterns.insert("(?:0x)?[0-9A-Fa-f]+");
        } else {
            patterns.insert(form_pattern(form));
        }
    }
    if (patterns.size() == 1) return *patterns.begin();
    if (patterns.size() > most_forms || patterns.empty()) return R"(\d[\d.,:'/TZ+-]*)";
    return fmt::format("(?:{})", fmt::join(patterns, "|"));
}

/// Signs that a name may hold where others do.
std::string name_pattern(const std::string& behind, const std::set<std::string>& names) {
    const auto holds = [&](std::string_view sign) {
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return name.find(sign) != std::string::npos;
        });
    };
    const bool apostrophe = behind == "'" && holds("'");
    const std::string& closed = behind; // what ends it, quotes and brackets beyond ASCII included
    const bool enclosed = closed == "'" || closed == "\"" || closed == "`" || closed == "]" ||
                          closed == ")" || closed == ">" || closed.size() > 1;
    std::string_view excluded = enclosed ? "" : ",;:\"!?";
    std::string without = R"(\r\n)";
    for (const char sign : excluded)
        if (!holds(std::string(1, sign))) without += sign;
    if (enclosed && (apostrophe || !holds(closed))) without += closed == "]" ? "\\]" : closed;
    if (apostrophe) return fmt::format(R"((?:[^{}]|'\w)+?)", without);
    return fmt::format("[^{}]+?", without);
}

} // namespace

std::string literal(std::string_view text) {
    constexpr std::string_view special = R"(\.+*?()|[]{}^$)";
    std::string pattern;
    for (const char c : text) {
        if (is_control(c)) {
            pattern += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            continue;
        }
        if (special.find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

namespace {

std::string pattern_with(const MessageKind& kind,
                         const std::function<std::string(const KindPart&)>& task) {
    const bool error = std::any_of(kind.parts.begin(), kind.parts.end(),
                                   [](const KindPart& part) { return part.what == What::error; });
    std::string pattern = error ? "(?s)^" : "^";
    for (std::size_t i = 0; i < kind.parts.size(); ++i) {
        const KindPart& part = kind.parts[i];
        switch (part.what) {
        case What::text: pattern += literal(part.text); break;
        case What::space: pattern += i == 0 ? "[[:space:]]*" : "[[:space:]]+"; break;
        case What::varies: pattern += varying_pattern(part); break;
        case What::rows: pattern += fmt::format("(?P<rows>{})", varying_pattern(part)); break;
        case What::task: pattern += fmt::format("(?P<task>{})", task(part)); break;
        case What::source:
            pattern += fmt::format("(?P<source>{})", name_pattern(part.behind, part.forms));
            break;
        case What::other: pattern += name_pattern(part.behind, part.forms); break;
        case What::error: pattern += "(?P<error>.*)"; break;
        }
    }
    return pattern + "$";
}

} // namespace

std::string pattern_without_name(const std::string& message) {
    AlikeGroups found = group_alike({message}, {{.execution = 0, .message = 0}});
    return pattern_with({.parts = parts_of(found.groups.front(), {})},
                        [](const KindPart&) { return std::string{}; });
}

std::string pattern_of(const MessageKind& kind, const std::set<std::string>& names) {
    return pattern_with(kind,
                        [&](const KindPart& part) { return name_pattern(part.behind, names); });
}

std::string pattern_of_names(const MessageKind& kind, const std::set<std::string>& names) {
    std::vector<std::string> alternatives;
    for (const std::string& name : names)
        alternatives.push_back(literal(name));
    std::sort(alternatives.begin(), alternatives.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    return pattern_with(
        kind, [&](const KindPart&) { return fmt::format("{}", fmt::join(alternatives, "|")); });
}

std::string in_words(const MessageKind& kind) {
    std::string text;
    for (const KindPart& part : kind.parts) {
        switch (part.what) {
        case KindPart::What::text: text += part.text; break;
        case KindPart::What::space: text += ' '; break;
        case KindPart::What::varies:
            text += "<" +
                    std::string{part.token == TokenKind::time   ? "time"
                                : part.token == TokenKind::guid ? "id"
                                : part.token == TokenKind::path ? "path"
                                                                : "number"} +
                    ">";
            break;
        case KindPart::What::rows: text += "<rows>"; break;
        case KindPart::What::task: text += "<task>"; break;
        case KindPart::What::source: text += "<source>"; break;
        case KindPart::What::other: text += "<*>"; break;
        case KindPart::What::error: text += "<error>"; break;
        }
    }
    return text;
}

std::string rule_name(const MessageKind& kind) {
    constexpr int most_words = 5;
    std::string name;
    int words = 0;
    for (const KindPart& part : kind.parts) {
        if (part.what != What::text || part.token != TokenKind::word) continue;
        if (words++ == most_words) break;
        name += (name.empty() ? "" : " ") + lower_case(part.text);
    }
    return name.empty() ? "message" : name;
}

} // namespace tidemark
