#include "support/neutral_rows.hpp"

#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace tidemark::test {
namespace {

/// In an order in which each refers only to earlier ones.
constexpr std::array tables{
    "organisation",  "job",      "data_source", "transfer_task", "execution",
    "execution_log", "task_run", "watermark",   "history_gap",   "rejected_record"};

/// When a sync saw or did something: two syncs never agree on that, only on whether it happened.
constexpr std::array sync_moments{"missing_since",   "excluded_since", "lost_since",
                                  "abandoned_since", "resolved_at",    "logs_pruned_at"};

/// What is known of syncs alone.
constexpr std::array of_syncs{"first_seen_at", "changed_at", "sync_run_key"};

/// A key under another name, computed by the database out of one that is compared.
constexpr std::string_view computed_key = "source_or_unknown_key";

template <typename Names> bool is_one_of(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// What rows are known by, apart from their keys.
std::string natural_name(std::string_view table, const std::string& row, const Row& values) {
    if (table == "organisation") return values.text("name");
    if (table == "job") return values.text("job_id");
    if (table == "execution") return values.text("execution_id");
    return row;
}

class Neutral {
public:
    explicit Neutral(Warehouse& warehouse) : m_warehouse(warehouse) {}

    void add(const std::string& table) {
        const std::string own_key = table + "_key";
        auto& names = m_names[own_key];
        for (const Row& row : read_rows(m_warehouse, table)) {
            std::string text = table;
            for (const auto& [column, value] : row.values) {
                if (column != own_key && column != computed_key && !is_one_of(of_syncs, column))
                    text += fmt::format(" {}={}", column, shown(column, row.text(column)));
            }
            if (row.values.contains(own_key))
                names[row.text(own_key)] = natural_name(table, text, row);
            rows.push_back(std::move(text));
        }
    }

    std::vector<std::string> rows;

private:
    std::string shown(const std::string& column, const std::string& value) const {
        if (is_one_of(sync_moments, column)) return value.empty() ? "" : "set";
        const auto names = m_names.find(column);
        if (names == m_names.end() || value.empty()) return value;
        const auto name = names->second.find(value);
        return name == names->second.end() ? "nobody" : name->second;
    }

    Warehouse& m_warehouse;
    std::map<std::string, std::map<std::string, std::string>> m_names; ///< by column and key
};

} // namespace

std::vector<std::string> neutral_rows(Warehouse& warehouse, bool with_rejections) {
    Neutral neutral(warehouse);
    for (const std::string table : tables) {
        if (with_rejections || table != "rejected_record") neutral.add(table);
    }
    std::sort(neutral.rows.begin(), neutral.rows.end());
    return std::move(neutral.rows);
}

RowDifference difference(const std::vector<std::string>& expected,
                         const std::vector<std::string>& found) {
    RowDifference rows;
    std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                        std::back_inserter(rows.lost));
    std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(),
                        std::back_inserter(rows.doubled));
    return rows;
}

} // namespace tidemark::test
