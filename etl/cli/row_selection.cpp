#include "cli/row_selection.hpp"

#include "error.hpp"
#include "model/job.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace tidemark {
namespace {

std::size_t place_of(const std::string& column, const std::vector<std::string>& names) {
    const auto found = std::ranges::find(names, column);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    throw ConfigError(
        fmt::format("there is no column '{}'{}", column, did_you_mean(column, names)));
}

/// Whether one value stands before another; null comes last, whichever way.
bool sorts_before(const Value& a, const Value& b, bool descending) {
    const bool a_is_null = std::holds_alternative<std::monostate>(a);
    const bool b_is_null = std::holds_alternative<std::monostate>(b);
    if (a_is_null || b_is_null) return !a_is_null && b_is_null;
    const auto number = [](const Value& value) -> std::optional<double> {
        if (const auto* whole = std::get_if<std::int64_t>(&value))
            return static_cast<double>(*whole);
        if (const auto* real = std::get_if<double>(&value)) return *real;
        return std::nullopt;
    };
    const auto left = number(a);
    const auto right = number(b);
    if (left && right) return descending ? *right < *left : *left < *right;
    return descending ? to_text(b) < to_text(a) : to_text(a) < to_text(b);
}

class RowSelection : public RowPrinter {
public:
    RowSelection(Selection selection, RowPrinter& printer)
        : m_selection(std::move(selection)), m_printer(printer) {}

    void columns(const std::vector<std::string>& names) override {
        for (const std::string& condition : m_selection.where) {
            const auto equals = condition.find('=');
            if (equals == std::string::npos) {
                throw ConfigError(
                    fmt::format("'--where' must be COLUMN=VALUE, not '{}'", condition));
            }
            m_where.emplace_back(place_of(condition.substr(0, equals), names),
                                 condition.substr(equals + 1));
        }
        if (!m_selection.sort.empty()) m_sort = place_of(m_selection.sort, names);
        if (m_selection.columns.empty()) {
            m_places.resize(names.size());
            std::iota(m_places.begin(), m_places.end(), std::size_t{0});
        }
        for (const std::string& column : m_selection.columns)
            m_places.push_back(place_of(column, names));
        std::vector<std::string> shown;
        for (const std::size_t place : m_places)
            shown.push_back(names[place]);
        m_printer.columns(shown);
    }

    void row(const std::vector<Value>& values) override {
        const bool wanted = std::ranges::all_of(m_where, [&](const auto& condition) {
            return matches_wildcards(condition.second, to_text(values[condition.first]));
        });
        if (!wanted) return;
        if (!m_sort) return print_row(values);
        m_kept.push_back(values);
        if (m_selection.limit && m_kept.size() > 2 * (*m_selection.limit + 1000)) sort_and_cut();
    }

    void finish() override {
        if (m_sort) sort_and_cut();
        for (const auto& values : m_kept)
            print_row(values);
        m_printer.finish();
    }

private:
    void sort_and_cut() {
        std::ranges::stable_sort(m_kept, [this](const auto& a, const auto& b) {
            return sorts_before(a[*m_sort], b[*m_sort], m_selection.descending);
        });
        if (m_selection.limit && m_kept.size() > *m_selection.limit)
            m_kept.resize(*m_selection.limit);
    }

    void print_row(const std::vector<Value>& values) {
        if (m_selection.limit && m_printed == *m_selection.limit) return;
        ++m_printed;
        std::vector<Value> shown;
        shown.reserve(m_places.size());
        for (const std::size_t place : m_places)
            shown.push_back(values[place]);
        m_printer.row(shown);
    }

    Selection m_selection;
    RowPrinter& m_printer;
    std::vector<std::pair<std::size_t, std::string>> m_where;
    std::optional<std::size_t> m_sort;
    std::vector<std::size_t> m_places;
    std::vector<std::vector<Value>> m_kept;
    std::size_t m_printed = 0;
};

} // namespace

std::unique_ptr<RowPrinter> select_rows(Selection selection, RowPrinter& printer) {
    return std::make_unique<RowSelection>(std::move(selection), printer);
}

} // namespace tidemark
