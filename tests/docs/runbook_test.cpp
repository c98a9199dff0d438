// The runbook has an entry for every error line, found where the sources make it.
#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

namespace fs = std::filesystem;
using namespace tidemark::test;

namespace {

struct Token {
    bool is_literal = false;
    std::string text; ///< of a literal what it says
};
using Tokens = std::vector<Token>;

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Cuts C++ into words, single characters and string literals, and leaves out comments.
class Cutter {
public:
    explicit Cutter(const std::string& text) : m_text(text) {}

    Tokens cut() {
        while (m_at < m_text.size())
            next();
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] bool stands(std::string_view what) const {
        return m_text.compare(m_at, what.size(), what) == 0;
    }

    void next() {
        if (stands("//")) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (stands("R\"")) {
            raw_literal();
        } else if (m_text[m_at] == '"') {
            literal();
        } else if (m_text[m_at] == '\'') {
            m_at = m_text.find('\'', m_at + (m_text[m_at + 1] == '\\' ? 3 : 2)) + 1;
        } else if (is_word_character(m_text[m_at])) {
            word();
        } else {
            if (std::isspace(static_cast<unsigned char>(m_text[m_at])) == 0)
                m_tokens.push_back({false, m_text.substr(m_at, 1)});
            ++m_at;
        }
    }

    /// `'` within a number belongs to it.
    void word() {
        const auto begin = m_at;
        const bool is_number = std::isdigit(static_cast<unsigned char>(m_text[m_at])) != 0;
        while (m_at < m_text.size() &&
               (is_word_character(m_text[m_at]) || (is_number && m_text[m_at] == '\'')))
            ++m_at;
        m_tokens.push_back({false, m_text.substr(begin, m_at - begin)});
    }

    void literal() {
        std::string text;
        for (++m_at; m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\') ++m_at;
            text += m_text[m_at];
        }
        ++m_at;
        add_literal(text);
    }

    void raw_literal() {
        const auto open = m_text.find('(', m_at);
        const std::string close = ")" + m_text.substr(m_at + 2, open - m_at - 2) + "\"";
        const auto end = m_text.find(close, open);
        add_literal(m_text.substr(open + 1, end - open - 1));
        m_at = end + close.size();
    }

    /// Two that stand next to each other are one.
    void add_literal(const std::string& text) {
        if (!m_tokens.empty() && m_tokens.back().is_literal) {
            m_tokens.back().text += text;
        } else {
            m_tokens.push_back({true, text});
        }
    }

    const std::string& m_text;
    std::size_t m_at = 0;
    Tokens m_tokens;
};

/// What a format prints, with `…` for each value.
std::string shown(const std::string& format) {
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const bool is_doubled = i + 1 < format.size() && format[i + 1] == format[i];
        if ((format[i] == '{' || format[i] == '}') && is_doubled) {
            text += format[i++];
        } else if (format[i] == '{') {
            text += "…";
            i = std::min(format.find('}', i), format.size());
        } else {
            text += format[i];
        }
    }
    return text;
}

std::size_t letters_in(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) != 0;
    }));
}

std::size_t words_in(const std::string& text) {
    std::size_t words = 0;
    bool was_letter = false;
    for (const char c : text) {
        const bool is_letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
        words += is_letter && !was_letter ? 1 : 0;
        was_letter = is_letter;
    }
    return words;
}

/// An argument that goes into a line of another place.
bool is_one_word(const std::string& text) {
    return std::all_of(text.begin(), text.end(), is_word_character);
}

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& words, const std::string& text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// Whether a line is made by what is called here.
bool makes_a_line(const Tokens& tokens, std::size_t at) {
    constexpr std::array<std::string_view, 7> errors{"Error",          "ConfigError", "JobError",
                                                     "LeaseHeld",      "KeyRefused",  "AnswerLost",
                                                     "ValidationError"};
    constexpr std::array<std::string_view, 6> makers{"fail",    "fail_writing", "fail_foreign",
                                                     "damaged", "refuse",       "failure"};
    if (tokens[at + 1].is_literal || tokens[at + 1].text != "(") return false;
    if (is_one_of(makers, tokens[at].text)) return true;
    if (at < 3 || !is_one_of(errors, tokens[at].text)) return false;
    const std::size_t before = tokens[at - 1].text == ":" ? at - 4 : at - 1; // `CLI::`
    return tokens[before].text == "throw" || tokens[before].text == "return";
}

/// The literals of the call whose bracket opens at `at`, as one line.
std::string line_of(const Tokens& tokens, std::size_t at) {
    std::string line;
    bool is_first = true;
    int depth = 0;
    for (; at < tokens.size(); ++at) {
        const Token& token = tokens[at];
        if (token.is_literal) {
            line += (is_first ? "" : "…") + shown(token.text);
            is_first = false;
            continue;
        }
        depth += token.text == "(" ? 1 : 0;
        depth -= token.text == ")" ? 1 : 0;
        if (depth == 0) break;
    }
    return line;
}

/// Lines by the file that makes them.
using Lines = std::map<std::string, std::string>;

/// Of a failed request the line is put together out of what these functions return.
void add_what_requests_say(Lines& lines, const fs::path& file) {
    const Tokens tokens = Cutter(read_file(file)).cut();
    bool is_returned = false;
    for (const Token& token : tokens) {
        if (!token.is_literal && token.text == "return") is_returned = true;
        if (!token.is_literal && token.text == ";") is_returned = false;
        if (!token.is_literal || !is_returned) continue;
        std::string line = shown(token.text);
        line.erase(0, line.starts_with("; ") ? 2 : 0);
        if (words_in(line) >= 3) lines[line] = file.filename().string();
    }
    lines.erase("one that is not http"); // which stands within a line
}

Lines error_lines() {
    Lines lines;
    const fs::path sources = TIDEMARK_REPOSITORY "/etl";
    for (const auto& entry : fs::recursive_directory_iterator(sources)) {
        const auto ending = entry.path().extension();
        if (ending != ".cpp" && ending != ".hpp") continue;
        const std::string text = read_file(entry.path());
        const Tokens tokens = Cutter(text).cut();
        for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
            if (tokens[at].is_literal || !makes_a_line(tokens, at)) continue;
            const std::string line = line_of(tokens, at + 1);
            if (letters_in(line) >= 4 && !is_one_word(line))
                lines[line] = fs::relative(entry.path(), sources).string();
        }
    }
    add_what_requests_say(lines, sources / "source" / "request_error.cpp");
    return lines;
}

/// Few letters are no beginning to tell lines apart by: then the whole line is meant.
bool is_entry_of(const std::string& entry, const std::string& line) {
    return letters_in(entry) >= 6 ? line.starts_with(entry) : line == entry;
}

/// The entries of the runbook, each the beginning of a line.
std::vector<std::string> entries() {
    std::vector<std::string> found;
    for (const auto& row : table_rows(page("runbook.md"))) {
        const auto words = code_words(row.front());
        REQUIRE(words.size() == 1);
        found.push_back(*words.begin());
        CAPTURE(row.front());
        CHECK(row.size() == 2);
    }
    return found;
}

} // namespace

TEST_CASE("the runbook has an entry for every error line, and no other", "[docs]") {
    const Lines lines = error_lines();
    CHECK(lines.size() > 180);
    std::set<std::string> unused;
    for (const std::string& entry : entries()) {
        CAPTURE(entry);
        CHECK(unused.insert(entry).second);
    }
    const std::set<std::string> all = unused;
    for (const auto& [line, file] : lines) {
        std::string longest;
        for (const std::string& entry : all) {
            if (is_entry_of(entry, line) && entry.size() > longest.size()) longest = entry;
        }
        CAPTURE(file, line);
        CHECK_FALSE(longest.empty());
        unused.erase(longest);
    }
    CHECK(unused == std::set<std::string>{});
}
