#include "powerbi/tmdl.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>
#include <utility>

namespace tidemark::powerbi {
namespace {

/// Objects without a name, which look like a property that stands alone.
constexpr std::array<std::string_view, 2> nameless = {"refreshPolicy", "database"};

constexpr std::string_view fence = "```";

struct Line {
    std::size_t depth = 0; ///< tabs at its beginning
    std::string_view text; ///< without them, and without blanks at its end
    int number = 0;
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    int number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        const auto depth = std::min(line.find_first_not_of('\t'), line.size());
        lines.push_back({depth, line.substr(depth), ++number});
    }
    return lines;
}

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// What the quotes that `text` begins with hold, and where they end; npos when they do not.
std::pair<std::string, std::size_t> in_quotes(std::string_view text) {
    std::string name;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\'') {
            if (i + 1 == text.size() || text[i + 1] != '\'') return {name, i + 1};
            ++i;
        }
        name += text[i];
    }
    return {name, std::string_view::npos};
}

class Parser {
public:
    Parser(std::string_view text, std::string_view file) : m_lines(lines_of(text)), m_file(file) {}

    std::vector<TmdlObject> objects(std::size_t depth) {
        TmdlObject all;
        read_below(all, depth);
        return std::move(all.children);
    }

private:
    [[noreturn]] void fail(const Line& line, std::string_view why) const {
        throw Error(fmt::format("{}:{}: {}", m_file, line.number, why));
    }

    void read_below(TmdlObject& owner, std::size_t depth) {
        std::string description;
        while (m_next < m_lines.size()) {
            const Line& line = m_lines[m_next];
            if (line.text.empty()) {
                ++m_next;
                continue;
            }
            if (line.depth < depth) return;
            if (line.depth > depth) fail(line, "this line is indented below nothing");
            ++m_next;
            if (line.text.starts_with("///")) {
                if (!description.empty()) description += '\n';
                description += without_blanks(line.text.substr(3));
                continue;
            }
            read(owner, line, std::exchange(description, {}));
        }
    }

    /// A property or an object.
    void read(TmdlObject& owner, const Line& line, std::string description) {
        const auto word_end = std::min(
            static_cast<std::size_t>(std::ranges::find_if_not(line.text, is_word_character) -
                                     line.text.begin()),
            line.text.size());
        const std::string word{line.text.substr(0, word_end)};
        const std::string_view rest = without_blanks(line.text.substr(word_end));
        if (word.empty()) fail(line, fmt::format("'{}' is no object and no property", line.text));
        if (rest.starts_with(':')) {
            owner.properties.push_back(
                {word, std::string{without_blanks(rest.substr(1))}, line.number});
        } else if (rest.starts_with('=')) {
            owner.properties.push_back(
                {word, expression(rest.substr(1), line.depth + 1), line.number});
        } else if (rest.empty() && std::ranges::find(nameless, word) == nameless.end()) {
            owner.properties.push_back({word, "true", line.number});
        } else {
            owner.children.push_back(object(word, rest, line));
            owner.children.back().description = std::move(description);
        }
    }

    TmdlObject object(const std::string& kind, std::string_view rest, const Line& line) {
        TmdlObject object{.kind = kind, .line = line.number};
        if (kind == "ref") { // ref table Name
            rest = without_blanks(rest.substr(std::min(rest.find(' '), rest.size())));
        }
        if (rest.starts_with('\'')) {
            const auto [name, end] = in_quotes(rest);
            if (end == std::string_view::npos) fail(line, "a quote is open at the end of the line");
            object.name = name;
            object.is_quoted = true;
            rest.remove_prefix(end);
        } else {
            const auto end = std::min(rest.find_first_of(" =\t"), rest.size());
            object.name = rest.substr(0, end);
            rest.remove_prefix(end);
            if (object.name.find_first_of(".':") != std::string::npos)
                fail(line, fmt::format("the name '{}' must stand in quotes", object.name));
        }
        rest = without_blanks(rest);
        if (rest.starts_with('=')) {
            object.expression = expression(rest.substr(1), line.depth + 2);
        } else if (!rest.empty()) {
            fail(line, fmt::format("the name '{} {}' must stand in quotes", object.name, rest));
        }
        read_below(object, line.depth + 1);
        return object;
    }

    /// What follows on the line, or else the lines that are indented so deep.
    std::string expression(std::string_view rest, std::size_t depth) {
        rest = without_blanks(rest);
        if (rest == fence) return fenced(depth);
        if (!rest.empty()) return std::string{rest};
        std::string text;
        for (; m_next < m_lines.size(); ++m_next) {
            const Line& line = m_lines[m_next];
            if (line.text.empty()) {
                if (!continues(depth)) break;
            } else if (line.depth < depth) {
                break;
            }
            add(text, line, depth);
        }
        return text;
    }

    std::string fenced(std::size_t depth) {
        std::string text;
        for (; m_next < m_lines.size(); ++m_next) {
            const Line& line = m_lines[m_next];
            if (line.text == fence) {
                ++m_next;
                break;
            }
            add(text, line, depth);
        }
        return text;
    }

    /// Whether the next line that is not empty is indented so deep.
    [[nodiscard]] bool continues(std::size_t depth) const {
        const auto next =
            std::find_if(m_lines.begin() + static_cast<std::ptrdiff_t>(m_next), m_lines.end(),
                         [](const Line& line) { return !line.text.empty(); });
        return next != m_lines.end() && next->depth >= depth;
    }

    static void add(std::string& text, const Line& line, std::size_t depth) {
        if (!text.empty()) text += '\n';
        if (line.depth > depth) text.append(line.depth - depth, '\t');
        text += line.text;
    }

    std::vector<Line> m_lines;
    std::string_view m_file;
    std::size_t m_next = 0;
};

} // namespace

const TmdlObject::Property* TmdlObject::property(std::string_view property_name) const {
    const auto found = std::ranges::find(properties, property_name, &Property::name);
    return found == properties.end() ? nullptr : &*found;
}

std::vector<TmdlObject> parse_tmdl(std::string_view text, std::string_view file) {
    return Parser(text, file).objects(0);
}

std::string quoted_name(std::string_view name) {
    if (!name.empty() && std::ranges::all_of(name, is_word_character)) return std::string{name};
    std::string quoted = "'";
    for (const char c : name) {
        if (c == '\'') quoted += '\'';
        quoted += c;
    }
    return quoted + "'";
}

ColumnPath column_path(std::string_view text) {
    const auto part = [&text] {
        std::string name;
        std::size_t end = std::min(text.find('.'), text.size());
        if (text.starts_with('\'')) {
            std::tie(name, end) = in_quotes(text);
            end = std::min(end, text.size());
        } else {
            name = text.substr(0, end);
        }
        text.remove_prefix(end);
        return name;
    };
    ColumnPath path{.table = part(), .column = {}};
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        path.column = part();
    }
    return path;
}

} // namespace tidemark::powerbi
