#include "cli/row_printer.hpp"

#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ostream>

namespace tidemark {
namespace {

/// So many rows decide how wide the columns of a table are.
constexpr std::size_t rows_that_decide = 1000;
constexpr std::size_t widest_column = 100;

bool is_number(const Value& value) {
    return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

class TablePrinter : public RowPrinter {
public:
    explicit TablePrinter(std::ostream& out) : m_out(out) {}

    void columns(const std::vector<std::string>& names) override {
        m_names = names;
        for (const std::string& name : names)
            m_widths.push_back(display_width(name));
    }

    void row(const std::vector<Value>& values) override {
        if (m_decided) return print(values);
        m_first.push_back(values);
        if (m_first.size() == rows_that_decide) decide();
    }

    void finish() override {
        if (!m_decided) decide();
    }

private:
    void decide() {
        m_decided = true;
        for (const auto& values : m_first) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto width = display_width(printable(to_text(values[i])));
                m_widths[i] = std::max(m_widths[i], std::min(width, widest_column));
            }
        }
        std::vector<Value> names(m_names.begin(), m_names.end());
        print(names);
        std::string rule;
        for (const std::size_t width : m_widths)
            rule += std::string(width, '-') + "  ";
        m_out << rule.substr(0, rule.size() - std::min<std::size_t>(2, rule.size())) << '\n';
        for (const auto& values : m_first)
            print(values);
        m_first.clear();
    }

    void print(const std::vector<Value>& values) {
        std::string line;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::string text = printable(to_text(values[i]));
            const std::size_t width = display_width(text);
            const std::string gap(m_widths[i] > width ? m_widths[i] - width : 0, ' ');
            if (i > 0) line += "  ";
            line += is_number(values[i]) ? gap + text : text + gap;
        }
        m_out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
    }

    std::ostream& m_out;
    std::vector<std::string> m_names;
    std::vector<std::size_t> m_widths;
    std::vector<std::vector<Value>> m_first;
    bool m_decided = false;
};

class CsvPrinter : public RowPrinter {
public:
    CsvPrinter(std::ostream& out, const CsvStyle& style) : m_out(out), m_style(style) {}

    void columns(const std::vector<std::string>& names) override {
        if (m_style.bom) m_out << "\uFEFF";
        row(std::vector<Value>(names.begin(), names.end()));
    }

    void row(const std::vector<Value>& values) override {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) m_out << m_style.separator;
            m_out << field(values[i]);
        }
        m_out << "\r\n";
    }

    void finish() override {}

private:
    static bool begins_a_formula(std::string_view text) {
        // the last four are the wide forms of the first four
        constexpr std::array<std::string_view, 10> beginnings{
            "=", "+", "-", "@", "\t", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
        return std::any_of(beginnings.begin(), beginnings.end(),
                           [&](std::string_view beginning) { return text.starts_with(beginning); });
    }

    /// Text that a spreadsheet would take for a formula is made text by a leading apostrophe.
    [[nodiscard]] std::string field(const Value& value) const {
        std::string text = printable_lines(to_text(value));
        if (is_number(value)) {
            std::replace(text.begin(), text.end(), '.', m_style.decimal);
        } else if (begins_a_formula(text)) {
            text.insert(text.begin(), '\'');
        }
        if (text.find_first_of("\"\r\n") == std::string::npos &&
            text.find(m_style.separator) == std::string::npos)
            return text;
        std::string quoted = "\"";
        for (const char c : text)
            quoted += c == '"' ? std::string{"\"\""} : std::string{c};
        return quoted + '"';
    }

    std::ostream& m_out;
    CsvStyle m_style;
};

/// An array of objects, or the objects alone, one a line.
class JsonPrinter : public RowPrinter {
public:
    JsonPrinter(std::ostream& out, bool is_array) : m_out(out), m_is_array(is_array) {}

    void columns(const std::vector<std::string>& names) override { m_names = names; }

    void row(const std::vector<Value>& values) override {
        nlohmann::ordered_json object;
        for (std::size_t i = 0; i < values.size(); ++i)
            object[m_names[i]] = json(values[i]);
        if (m_is_array) m_out << (m_first ? "[\n" : ",\n");
        m_out << printable_json(
            object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        if (!m_is_array) m_out << '\n';
        m_first = false;
    }

    void finish() override {
        if (m_is_array) m_out << (m_first ? "[]\n" : "\n]\n");
    }

private:
    static nlohmann::ordered_json json(const Value& value) {
        return std::visit(
            [](const auto& v) -> nlohmann::ordered_json {
                if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::monostate>) {
                    return nullptr;
                } else {
                    return v;
                }
            },
            value);
    }

    std::ostream& m_out;
    bool m_is_array;
    std::vector<std::string> m_names;
    bool m_first = true;
};

class MarkdownPrinter : public RowPrinter {
public:
    explicit MarkdownPrinter(std::ostream& out) : m_out(out) {}

    void columns(const std::vector<std::string>& names) override { m_names = names; }

    void row(const std::vector<Value>& values) override {
        if (!m_headed) head(values);
        print(values);
    }

    void finish() override {
        if (!m_headed) head(std::vector<Value>(m_names.size()));
    }

private:
    /// Columns are aligned as the first row's values ask for.
    void head(const std::vector<Value>& values) {
        m_headed = true;
        print(std::vector<Value>(m_names.begin(), m_names.end()));
        for (const Value& value : values)
            m_out << (is_number(value) ? "| ---: " : "| --- ");
        m_out << "|\n";
    }

    void print(const std::vector<Value>& values) {
        for (const Value& value : values)
            m_out << "| " << as_text(printable(to_text(value))) << ' ';
        m_out << "|\n";
    }

    static bool is_word(std::string_view text, std::size_t place) {
        return place < text.size() && bytes::is(text[place], bytes::word) && text[place] != '_';
    }

    /// Underscores within a word are no markup.
    static std::string as_text(std::string_view text) {
        std::string escaped;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool within =
                text[i] == '_' && i > 0 && is_word(text, i - 1) && is_word(text, i + 1);
            if (text[i] == '<' || text[i] == '&') {
                escaped += text[i] == '<' ? "&lt;" : "&amp;";
                continue;
            }
            if (!within && std::string_view{"\\`*_[]|~>#!"}.find(text[i]) != std::string_view::npos)
                escaped += '\\';
            escaped += text[i];
        }
        return escaped;
    }

    std::ostream& m_out;
    std::vector<std::string> m_names;
    bool m_headed = false;
};

} // namespace

std::unique_ptr<RowPrinter> make_row_printer(Format format, std::ostream& out,
                                             const CsvStyle& style) {
    switch (format) {
    case Format::csv: return std::make_unique<CsvPrinter>(out, style);
    case Format::json: return std::make_unique<JsonPrinter>(out, true);
    case Format::ndjson: return std::make_unique<JsonPrinter>(out, false);
    case Format::markdown: return std::make_unique<MarkdownPrinter>(out);
    case Format::table: break;
    }
    return std::make_unique<TablePrinter>(out);
}

RowSink sink_to(RowPrinter& printer) {
    return {[&printer](const auto& names) { printer.columns(names); },
            [&printer](const auto& values) { printer.row(values); }};
}

} // namespace tidemark
