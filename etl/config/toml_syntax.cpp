#include "config/toml_syntax.hpp"

#include "parse/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tidemark {
namespace {

constexpr int most_parts = 16;
constexpr int most_nested = 32;

/// Goes through TOML as far as it takes to know what stands within a string or a comment.
class TomlScanner {
public:
    explicit TomlScanner(std::string_view text) : m_text(text) {}

    std::optional<TomlFault> fault() {
        while (m_at < m_text.size() && m_fault.empty())
            step(m_text[m_at]);
        if (m_fault.empty()) return std::nullopt;
        return TomlFault{m_line, m_fault};
    }

private:
    void step(char c) {
        switch (c) {
        case '#': m_at = std::min(m_text.find('\n', m_at), m_text.size()); return;
        case '"':
        case '\'': return skip_string(c);
        case '.': count_part(); break;
        case '[':
        case '{': open(); break;
        case ']':
        case '}': close(); break;
        case '\n': ++m_line; [[fallthrough]];
        case '=':
        case ',': m_parts = 1; break;
        default: break;
        }
        ++m_at;
    }

    void count_part() {
        if (++m_parts > most_parts) {
            m_fault = fmt::format("a key of more than {} parts (write a name that holds dots in "
                                  "quotes)",
                                  most_parts);
        }
    }

    void open() {
        m_parts = 1;
        if (++m_nested > most_nested)
            m_fault = fmt::format("more than {} brackets within each other", most_nested);
    }

    void close() {
        m_parts = 1;
        m_nested = std::max(0, m_nested - 1);
    }

    /// A string of one line ends with its line at the latest.
    void skip_string(char quote) {
        const std::string three(3, quote);
        const bool long_one = m_text.substr(m_at).starts_with(three);
        const std::string end = long_one ? three : three.substr(0, 1);
        m_at += end.size();
        while (m_at < m_text.size() && m_fault.empty()) {
            const std::string_view rest = m_text.substr(m_at);
            if (rest.starts_with(end)) {
                m_at += end.size();
                return;
            }
            if (rest.front() == '\n' && !long_one) return;
            if (rest.front() == '\n') ++m_line;
            m_at += quote == '"' && rest.front() == '\\' ? escape(rest) : 1;
        }
    }

    /// The size of the escape that the text begins with.
    std::size_t escape(std::string_view rest) {
        if (rest.starts_with("\\u0000") || rest.starts_with("\\U00000000"))
            m_fault = "a text cannot hold the character NUL ('\\u0000'); take it out";
        return rest.substr(1, 1) == "\n" ? 1 : 2;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_parts = 1;  // of the key that is under way
    int m_nested = 0; // brackets
    std::string m_fault;
};

/// A part of what the parser says, and what is meant. The first that fits holds.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> meanings = {{
    {"utf-8", "the file is not UTF-8 here; save it as UTF-8"},
    {"unicode scalar sequence", "a backslash begins an escape within double quotes; write it "
                                "twice, or put the text in single quotes"},
    {"escape sequence", "a backslash begins an escape within double quotes; write it twice, or "
                        "put the text in single quotes"},
    {"parsing string", "a text that begins here does not end; write the quote that is missing"},
    {"parsing literal string",
     "a text that begins here does not end; write the quote that is missing"},
    {"parsing key: expected bare", "a key is missing, or needs quotes"},
    {"expected '='",
     "'=' is missing after a key; put a key in quotes when it is more than letters, "
     "digits, '-' and '_'"},
    {"table header: expected ']'",
     "']' is missing after a table's name, which stands in [ ], or in "
     "[[ ]] when the table can come more than once"},
    {"parsing array", "a comma or ']' is missing in an array"},
    {"parsing inline table", "a comma or '}' is missing in a table that stands on one line"},
    {"expected a comment or whitespace",
     "more follows where the line should end; write each key on a line of its own, and a text in "
     "quotes"},
    {"expected value, saw", "the value after '=' is missing"},
    {"root table", "this is no TOML: a line begins with a key, or with [ and the name of a table"},
    {"in 64 bits", "a number is too large"},
    {"key-value pair: encountered end-of-file", "the value after '=' is missing"},
    {"encountered end-of-file", "the file ends within a line that is not complete"},
}};

/// Parsers of values: `parsing boolean` and the like.
constexpr std::array<std::string_view, 7> kinds_of_value = {
    "value", "boolean", "integer", "floating-point", "date", "time", "inf"};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// What the quotes in the parser's words name: `cannot redefine existing table 'source'`.
std::string_view named_in(std::string_view words) {
    const std::size_t from = words.find('\'');
    const std::size_t to = words.find('\'', from + 1);
    if (to == std::string_view::npos) return {};
    return words.substr(from + 1, to - from - 1);
}

bool holds_control(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    return std::any_of(line.begin(), line.end(), [](char c) { return c != '\t' && is_control(c); });
}

} // namespace

std::optional<TomlFault> unparsable_toml(std::string_view text) {
    return TomlScanner{text}.fault();
}

std::string toml_error_words(std::string_view library_words, std::string_view line) {
    if (contains(library_words, "redefine")) {
        const bool as_list = contains(library_words, "array");
        return fmt::format("{} stands in the file twice; {}", quoted(named_in(library_words)),
                           as_list ? "write [[ ]] each time when it can come more than once"
                                   : "keep one");
    }
    if (holds_control(line)) {
        return "the line holds a control character; write it as an escape such as '\\t' within "
               "double quotes";
    }
    for (const auto& [part, meaning] : meanings) {
        if (contains(library_words, part)) return std::string{meaning};
    }
    const std::size_t parsing = library_words.find("parsing ");
    const std::string_view what = library_words.substr(std::min(parsing, library_words.size()));
    for (const std::string_view kind : kinds_of_value) {
        if (contains(what.substr(0, what.find(':')), kind)) {
            return "the value after '=' cannot be read; put a text in quotes, and write 'true' "
                   "and 'false' in lower case";
        }
    }
    return "this is no TOML; see config.example.toml for how a line is written";
}

} // namespace tidemark
