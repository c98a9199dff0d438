#include "cli/screen_table.hpp"

#include "text/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

namespace tidemark {
namespace {

/// So many rows decide how wide the columns are.
constexpr std::size_t rows_sampled = 1000;
constexpr std::size_t widest_text = 60;
constexpr std::size_t least_text = 18;
constexpr std::size_t least_heading = 9;
constexpr std::size_t between = 2;
constexpr std::string_view utc_ending = "_utc";

/// How a column is shown.
struct Column {
    std::string name;
    std::string heading;
    bool is_moment = true; ///< each of its values is one, as far as was seen
    bool is_number = true;
    bool is_empty = true; ///< null, or an empty text
    bool is_shown = true;
    bool as_age = false;
    std::size_t natural = 0; ///< columns of the screen that all of it needs
    std::size_t width = 0;

    [[nodiscard]] std::size_t least() const {
        if (is_moment || is_number) return std::min(natural, std::max(content, least_heading));
        return std::min(natural, least_text);
    }
    std::size_t content = 0; ///< what its values need, whatever the heading does
};

bool is_id(std::string_view name) { return name.ends_with("_id") || name.ends_with("_key"); }

/// Missed less than the texts of others would be.
bool is_minor(const Column& column) { return column.is_empty || is_id(column.name); }

bool is_late_column(std::string_view name) {
    return name == "is_late" || name == "late_by_freshness" || name == "late_by_habit";
}

bool is_outcome_column(std::string_view name) {
    return name.ends_with("outcome") || name.ends_with("state");
}

std::string red(const std::string& text) { return "\x1b[31m" + text + "\x1b[0m"; }

class ScreenTable : public RowPrinter {
public:
    ScreenTable(std::ostream& out, const Screen& screen) : m_out(out), m_screen(screen) {}

    void columns(const std::vector<std::string>& names) override {
        for (const std::string& name : names)
            m_columns.push_back({.name = name});
    }

    void row(const std::vector<Value>& values) override {
        if (m_decided) return print(values);
        m_first.push_back(values);
        if (m_first.size() == rows_sampled) decide(false);
    }

    void finish() override {
        if (!m_decided) decide(true);
        if (!m_omitted.empty()) {
            m_out << fmt::format("not shown: {}; --wide shows every column\n",
                                 fmt::join(m_omitted, ", "));
        }
    }

private:
    void decide(bool all_rows) {
        m_decided = true;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            measure(i);
        if (!m_screen.wide) {
            if (all_rows) omit_single_organisation();
            measure();
            if (!fits()) omit_minor();
            if (!fits()) show_ages();
            if (!fits()) omit_and_shorten();
        } else {
            measure();
        }
        print_head();
        for (const auto& values : m_first)
            print(values);
        m_first.clear();
    }

    void measure(std::size_t index) {
        Column& column = m_columns[index];
        for (const auto& values : m_first) {
            const Value& value = values[index];
            const std::string text = to_text(value);
            if (text.empty()) continue;
            column.is_empty = false;
            column.is_number = column.is_number && !std::holds_alternative<std::string>(value);
            column.is_moment = column.is_moment && timestamp_from_text(text).has_value();
        }
        column.is_moment = column.is_moment && !column.is_empty;
        column.is_number = column.is_number && !column.is_empty;
        column.heading = column.name;
        if (column.is_moment && column.name.ends_with(utc_ending) && m_screen.zone.name() != "UTC")
            column.heading.resize(column.name.size() - utc_ending.size());
    }

    void omit_single_organisation() {
        for (std::size_t i = 0; i < m_columns.size() && m_columns.size() > 1; ++i) {
            if (m_columns[i].name != "organisation") continue;
            std::set<std::string> names;
            for (const auto& values : m_first)
                names.insert(to_text(values[i]));
            m_columns[i].is_shown = names.size() > 1;
        }
    }

    void measure() {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            Column& column = m_columns[i];
            column.content = 0;
            for (const auto& values : m_first)
                column.content = std::max(column.content, display_width(shown(column, values[i])));
            if (!m_screen.wide) column.content = std::min(column.content, widest_text);
            column.natural = std::max(column.content, display_width(column.heading));
            column.width = column.natural;
        }
    }

    [[nodiscard]] std::size_t width_of_all(std::size_t (*width)(const Column&)) const {
        std::size_t all = 0;
        for (const Column& column : m_columns)
            all += column.is_shown ? width(column) + between : 0;
        return all - std::min(all, between);
    }

    [[nodiscard]] bool fits() const {
        return width_of_all([](const Column& c) { return c.width; }) <= m_screen.columns;
    }

    void show_ages() {
        for (Column& column : m_columns) {
            column.as_age = column.is_moment;
            if (column.is_moment && column.name.ends_with(utc_ending))
                column.heading = column.name.substr(0, column.name.size() - utc_ending.size());
        }
        measure();
    }

    void omit(Column& column) {
        column.is_shown = false;
        m_omitted.insert(m_omitted.begin(), column.name); // mostly from the right
    }

    void omit_minor() {
        for (Column* column = least_important(); !fits() && column != nullptr && is_minor(*column);
             column = least_important())
            omit(*column);
    }

    void omit_and_shorten() {
        const auto least = [this] {
            return width_of_all([](const Column& c) { return c.least(); });
        };
        for (Column* column = least_important(); least() > m_screen.columns && column != nullptr;
             column = least_important())
            omit(*column);
        if (!fits()) shorten();
    }

    /// What is left of the width goes to the narrowest that could be wider.
    void shorten() {
        for (Column& column : m_columns)
            column.width = column.least();
        for (Column* column = widest(); !fits() && column != nullptr; column = widest())
            --column->width;
        for (Column* column = narrowest(); column != nullptr; column = narrowest()) {
            ++column->width;
            if (fits()) continue;
            --column->width;
            return;
        }
    }

    /// Null when too few are left.
    Column* least_important() {
        constexpr std::size_t at_least = 2;
        Column* found = nullptr;
        int rank = 0;
        std::size_t shown = 0;
        for (Column& column : m_columns) {
            if (!column.is_shown) continue;
            const int own = column.is_empty ? 3 : is_id(column.name) ? 2 : 1;
            if (++shown > 1 && own >= rank) {
                found = &column;
                rank = own;
            }
        }
        return shown > at_least ? found : nullptr;
    }

    /// Of the columns that could be narrower; null when there is none.
    Column* widest() {
        constexpr std::size_t narrowest_of_all = 4;
        Column* found = nullptr;
        for (Column& column : m_columns) {
            if (!column.is_shown || column.width <= narrowest_of_all) continue;
            if (found == nullptr || column.width > found->width) found = &column;
        }
        return found;
    }

    /// Of the columns that could be wider; null when there is none.
    Column* narrowest() {
        Column* found = nullptr;
        for (Column& column : m_columns) {
            if (!column.is_shown || column.width >= column.natural) continue;
            if (found == nullptr || column.width < found->width) found = &column;
        }
        return found;
    }

    [[nodiscard]] std::string shown(const Column& column, const Value& value) const {
        std::string text = printable(to_text(value));
        const auto moment = column.is_moment ? timestamp_from_text(text) : std::nullopt;
        if (!moment) return text;
        return column.as_age ? age_text(*moment, m_screen.now) : m_screen.zone.local_text(*moment);
    }

    [[nodiscard]] static bool is_late(const std::vector<Column>& columns,
                                      const std::vector<Value>& values) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (is_late_column(columns[i].name) && to_text(values[i]) == "1") return true;
        }
        return false;
    }

    void print_head() {
        std::vector<std::string> names;
        std::string rule;
        for (const Column& column : m_columns) {
            if (!column.is_shown) continue;
            names.push_back(padded(column, cut_to_width(column.heading, column.width)));
            rule += std::string(column.width, '-') + std::string(between, ' ');
        }
        print_cells(names);
        m_out << rule.substr(0, rule.size() - std::min(between, rule.size())) << '\n';
    }

    void print(const std::vector<Value>& values) {
        const bool late = is_late(m_columns, values);
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const Column& column = m_columns[i];
            if (!column.is_shown) continue;
            const std::string whole = shown(column, values[i]);
            const std::string text = m_screen.wide ? whole : cut_to_width(whole, column.width);
            const bool alarming =
                (late && (cells.empty() || (is_late_column(column.name) && whole == "1"))) ||
                (is_outcome_column(column.name) && (whole == "failed" || whole == "interrupted"));
            const std::string cell = padded(column, text);
            cells.push_back(alarming && m_screen.colour ? red(cell) : cell);
        }
        print_cells(cells);
    }

    static std::string padded(const Column& column, const std::string& text) {
        const std::size_t width = display_width(text);
        const std::string gap(column.width > width ? column.width - width : 0, ' ');
        return column.is_number ? gap + text : text + gap;
    }

    void print_cells(const std::vector<std::string>& cells) {
        const std::string line = fmt::format("{}", fmt::join(cells, std::string(between, ' ')));
        m_out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
    }

    std::ostream& m_out;
    Screen m_screen;
    std::vector<Column> m_columns;
    std::vector<std::string> m_omitted;
    std::vector<std::vector<Value>> m_first;
    bool m_decided = false;
};

} // namespace

std::string age_text(Timestamp moment, Timestamp now) {
    const bool ahead = moment > now;
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(ahead ? moment - now : now - moment)
            .count();
    constexpr std::array<std::pair<std::int64_t, std::string_view>, 3> units = {
        {{86400, "d"}, {3600, "h"}, {60, "min"}}};
    // a unit is used from two of it on, so that what is left out is never the larger part
    const auto* unit = std::ranges::find_if(
        units, [&](const auto& candidate) { return seconds >= 2 * candidate.first; });
    const std::string age = unit == units.end()
                                ? fmt::format("{} s", seconds)
                                : fmt::format("{} {}", seconds / unit->first, unit->second);
    return ahead ? "in " + age : age + " ago";
}

std::unique_ptr<RowPrinter> make_screen_table(std::ostream& out, const Screen& screen) {
    return std::make_unique<ScreenTable>(out, screen);
}

} // namespace tidemark
