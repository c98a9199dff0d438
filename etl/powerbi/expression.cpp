#include "powerbi/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace tidemark::powerbi {
namespace {

/// Words of DAX that stand where a table could.
constexpr std::array<std::string_view, 22> dax_words = {
    "VAR",   "RETURN",  "NOT",    "IN",    "TRUE",   "FALSE",  "DAY", "WEEK",
    "MONTH", "QUARTER", "YEAR",   "HOUR",  "MINUTE", "SECOND", "ASC", "DESC",
    "BOTH",  "NONE",    "ONEWAY", "DENSE", "SKIP",   "KEEP"};

bool starts_identifier(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool in_identifier(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

std::string upper_case(std::string_view text) {
    std::string upper{text};
    for (char& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return upper;
}

/// Walks over an expression, and knows what both languages share: texts in '"', comments, brackets.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    [[nodiscard]] bool done() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    void advance(std::size_t count = 1) { m_at = std::min(m_at + count, m_text.size()); }

    bool skip_comment() {
        const bool to_line_end = m_text.substr(m_at, 2) == "//" || m_text.substr(m_at, 2) == "--";
        if (!to_line_end && m_text.substr(m_at, 2) != "/*") return false;
        const auto end = m_text.find(to_line_end ? "\n" : "*/", m_at + 2);
        if (end == std::string_view::npos && !to_line_end) fault("a comment is open at the end");
        m_at = end == std::string_view::npos ? m_text.size() : end + (to_line_end ? 1 : 2);
        return true;
    }

    /// What stands between this quote and the next one that is not doubled.
    std::string quoted(char close) {
        std::string content;
        for (advance(); !done(); advance()) {
            if (peek() == close) {
                if (peek(1) != close) {
                    advance();
                    return content;
                }
                advance();
            }
            content += peek();
        }
        fault(fmt::format("a {} is not closed", close));
        return content;
    }

    std::string identifier() {
        const auto begin = m_at;
        while (!done() && in_identifier(peek()))
            advance();
        return std::string{m_text.substr(begin, m_at - begin)};
    }

    void bracket() {
        const char c = peek();
        advance();
        if (c == '(' || c == '{' || c == '[') {
            m_open += c;
            return;
        }
        const char opener = c == ')' ? '(' : c == '}' ? '{' : '[';
        if (m_open.empty() || m_open.back() != opener) {
            fault(fmt::format("a {} closes nothing", c));
        } else {
            m_open.pop_back();
        }
    }

    void skip_blanks() {
        while (!done() && std::isspace(static_cast<unsigned char>(peek())) != 0)
            advance();
    }

    [[nodiscard]] std::string end_fault() const {
        if (!m_fault.empty() || m_open.empty()) return m_fault;
        return fmt::format("a {} is not closed", m_open.back());
    }

private:
    void fault(std::string what) {
        if (m_fault.empty()) m_fault = std::move(what);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_open; ///< brackets, the innermost last
    std::string m_fault;
};

bool is_bracket(char c) { return std::string_view{"(){}[]"}.find(c) != std::string_view::npos; }

/// What a name that was read is, by what follows it.
void add_name(Scanner& scanner, const std::string& name, bool is_bare, DaxNames& names,
              std::set<std::string>& variables) {
    scanner.skip_blanks();
    if (scanner.peek() == '[') {
        names.columns.push_back({name, scanner.quoted(']')});
        return;
    }
    if (is_bare && upper_case(name) == "VAR") {
        variables.insert(scanner.identifier());
        return;
    }
    const bool is_function_or_word =
        is_bare && (scanner.peek() == '(' ||
                    std::ranges::find(dax_words, upper_case(name)) != dax_words.end());
    if (!is_function_or_word) names.tables.insert(name);
}

struct MNames {
    std::set<std::string> names;
    std::string fault;
};

MNames scan_m(std::string_view text) {
    MNames found;
    Scanner scanner(text);
    while (!scanner.done()) {
        const char c = scanner.peek();
        if (scanner.skip_comment()) continue;
        if (c == '#' && scanner.peek(1) == '"') {
            scanner.advance();
            found.names.insert(scanner.quoted('"'));
        } else if (c == '"') {
            scanner.quoted('"');
        } else if (is_bracket(c)) {
            scanner.bracket();
        } else if (starts_identifier(c)) {
            found.names.insert(scanner.identifier());
        } else {
            scanner.advance();
        }
    }
    found.fault = scanner.end_fault();
    return found;
}

} // namespace

DaxNames names_in_dax(std::string_view text) {
    DaxNames names;
    std::set<std::string> variables;
    Scanner scanner(text);
    while (!scanner.done()) {
        const char c = scanner.peek();
        if (scanner.skip_comment()) continue;
        if (c == '"') {
            names.texts.insert(scanner.quoted('"'));
        } else if (c == '\'') {
            const std::string table = scanner.quoted('\'');
            add_name(scanner, table, false, names, variables);
        } else if (c == '[') {
            names.columns.push_back({"", scanner.quoted(']')});
        } else if (is_bracket(c)) {
            scanner.bracket();
        } else if (starts_identifier(c)) {
            const std::string word = scanner.identifier();
            add_name(scanner, word, true, names, variables);
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            scanner.identifier();
        } else {
            scanner.advance();
        }
    }
    for (const std::string& variable : variables)
        names.tables.erase(variable);
    names.fault = scanner.end_fault();
    return names;
}

std::set<std::string> names_in_m(std::string_view text) { return scan_m(text).names; }

std::string fault_in_m(std::string_view text) { return scan_m(text).fault; }

} // namespace tidemark::powerbi
