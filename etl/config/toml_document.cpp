#include "config/toml_document.hpp"

#include "error.hpp"
#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

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
    if (printable(text) != text) return printable_json(basic(text)); // escapes that JSON has too
    if (text.find_first_of("\\\"") == std::string_view::npos) return basic(text);
    if (text.find('\'') == std::string_view::npos) return fmt::format("'{}'", text);
    const bool closes = text.find("'''") != std::string_view::npos || text.ends_with('\'');
    return closes ? basic(text) : fmt::format("'''{}'''", text);
}

namespace {

int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

std::string_view kind_of_other(const toml::node& node) {
    switch (node.type()) {
    case toml::node_type::floating_point: return "a float";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time";
    default: return "a date with a time";
    }
}

TomlValue value_of(const toml::node& node);

ValueList list_of(const toml::array& array) {
    ValueList list;
    for (const toml::node& element : array)
        list.push_back(value_of(element));
    return list;
}

/// A table holds its members sorted by name; errors are told in the order of the file.
ValueTable table_of(const toml::table& table) {
    ValueTable members;
    for (const auto& [key, node] : table) {
        members.push_back({std::string{key.str()}, value_of(node)});
        if (const int line = line_of(key.source()); line > 0) members.back().value.line = line;
    }
    std::stable_sort(members.begin(), members.end(), [](const Member& left, const Member& right) {
        return left.value.line < right.value.line;
    });
    return members;
}

TomlValue value_of(const toml::node& node) {
    TomlValue value{std::max(1, line_of(node.source())), OtherValue{}};
    if (const auto* text = node.as_string()) {
        value.content = text->get();
    } else if (const auto* number = node.as_integer()) {
        value.content = number->get();
    } else if (const auto* truth = node.as_boolean()) {
        value.content = truth->get();
    } else if (const auto* array = node.as_array()) {
        value.content = list_of(*array);
    } else if (const auto* table = node.as_table()) {
        value.content = table_of(*table);
    } else {
        value.content = OtherValue{kind_of_other(node)};
    }
    return value;
}

/// The line of this number, from 1; "" when there is none.
std::string_view line_at(std::string_view text, int number) {
    for (; number > 1 && !text.empty(); --number)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text.substr(0, text.find('\n'));
}

[[noreturn]] void fail(std::string_view file, int line, std::string_view what) {
    throw ConfigError(fmt::format("{}:{}: {}", file, line, what));
}

} // namespace

std::string_view TomlValue::kind() const {
    if (std::holds_alternative<std::string>(content)) return "a string";
    if (std::holds_alternative<std::int64_t>(content)) return "an integer";
    if (std::holds_alternative<bool>(content)) return "a boolean";
    if (std::holds_alternative<ValueList>(content)) return "an array";
    if (std::holds_alternative<ValueTable>(content)) return "a table";
    return std::get<OtherValue>(content).kind;
}

const TomlValue* find_member(const TomlValue& table, std::string_view key) {
    const auto* members = std::get_if<ValueTable>(&table.content);
    if (members == nullptr) return nullptr;
    const auto named = [key](const Member& member) { return member.key == key; };
    const auto found = std::find_if(members->begin(), members->end(), named);
    return found == members->end() ? nullptr : &found->value;
}

TomlValue read_document(std::string_view text, std::string_view file) {
    if (const auto fault = unparsable_toml(text)) fail(file, fault->line, fault->what);
    try {
        return value_of(toml::parse(text, file));
    } catch (const toml::parse_error& error) {
        const int line = std::max(1, line_of(error.source()));
        fail(file, line, toml_error_words(error.description(), line_at(text, line)));
    }
}

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

/// What stands between a quote and the next of its kind; "" when there is none.
std::string_view quoted_at(std::string_view text, std::size_t from) {
    const std::size_t to =
        from < text.size() ? text.find(text[from], from + 1) : std::string_view::npos;
    return to == std::string_view::npos ? std::string_view{} : text.substr(from + 1, to - from - 1);
}

/// What the parser's words name: `cannot redefine existing table 'source'`. They garble a key in
/// quotes, which is taken from its line when it stands at the beginning.
std::string_view named_in(std::string_view words, std::string_view line) {
    const std::size_t from = words.find('\'');
    if (from != std::string_view::npos && words.find_first_of("\"'", from + 1) != from + 1)
        return quoted_at(words, from);
    const std::size_t key = line.find_first_not_of(" \t[");
    const bool is_quoted = key != std::string_view::npos && (line[key] == '"' || line[key] == '\'');
    return is_quoted ? quoted_at(line, key) : std::string_view{};
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
        const std::string_view name = named_in(library_words, line);
        return fmt::format("{} stands in the file twice; {}", name.empty() ? "a key" : quoted(name),
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
