#include "warehouse/copy.hpp"

#include "error.hpp"
#include "text/utf8.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

namespace tidemark {
namespace {

/// A batch is written when it holds so many rows, or log lines.
constexpr std::size_t rows_in_a_batch = 10'000;

/// Copies a described table, a batch at a time.
template <typename RowType>
void copy_rows(Warehouse& from, Warehouse& to, std::vector<RowType> Batch::*rows) {
    Batch batch;
    each_row(from, table_of<RowType>.name, [&](const Row& row) {
        (batch.*rows).push_back(row_as<RowType>(row));
        if ((batch.*rows).size() < rows_in_a_batch) return;
        to.write(batch);
        batch = {};
    });
    to.write(batch);
}

/// Which key stands for what in a small table, as `key name`.
std::set<std::string> identities(Warehouse& warehouse, const std::string& table,
                                 std::string_view name) {
    std::set<std::string> found;
    each_row(warehouse, table, [&](const Row& row) {
        found.insert(row.text(table + "_key") + ' ' + row.text(name));
    });
    return found;
}

/// Throws Error when a key stands for something else in the target than in the source.
void refuse_another_history(Warehouse& from, Warehouse& to) {
    for (const auto& [table, name] :
         std::map<std::string, std::string>{{"organisation", "name"},
                                            {"job", "job_id"},
                                            {"data_source", "name"},
                                            {"transfer_task", "name"}}) {
        const auto source = identities(from, table, name);
        const auto target = identities(to, table, name);
        if (std::includes(source.begin(), source.end(), target.begin(), target.end())) continue;
        throw Error(
            fmt::format("'{}' holds another history than '{}': its table '{}' has rows that "
                        "are not in the source; copy into an empty warehouse",
                        to.name(), from.name(), table));
    }
}

/// Copies executions with their log lines and task runs, whole ones in each batch.
class ExecutionCopy {
public:
    ExecutionCopy(Warehouse& lines, Warehouse& to) : m_lines(lines), m_to(to) {}

    void add(ExecutionRow row) {
        row.execution.logs = m_lines.logs(row.execution_key);
        row.task_runs = m_lines.task_runs(row.execution_key);
        m_weight += 1 + row.execution.logs.size();
        m_rows.push_back(std::move(row));
        if (m_weight >= rows_in_a_batch) flush();
    }

    void flush() {
        std::vector<Guid> ids;
        for (const ExecutionRow& row : m_rows)
            ids.push_back(row.execution.id);
        std::unordered_set<Guid> there;
        for (const KnownExecution& known : m_to.find(ids))
            there.insert(known.id);
        Batch batch;
        for (ExecutionRow& row : m_rows) {
            auto& rows =
                there.contains(row.execution.id) ? batch.changed_executions : batch.new_executions;
            rows.push_back(std::move(row));
        }
        m_to.write(batch);
        m_rows.clear();
        m_weight = 0;
    }

private:
    Warehouse& m_lines;
    Warehouse& m_to;
    std::vector<ExecutionRow> m_rows;
    std::size_t m_weight = 0;
};

/// The number of a table's rows, and the sum of their hashes.
struct TableSum {
    std::int64_t rows = 0;
    std::uint64_t checksum = 0;
};

TableSum sum_of(Warehouse& warehouse, std::string_view table) {
    TableSum sum;
    std::string text;
    warehouse.read(table, {.columns = [](const auto&) {},
                           .row =
                               [&](const auto& values) {
                                   text.clear();
                                   for (const Value& value : values) {
                                       text += std::holds_alternative<std::monostate>(value)
                                                   ? "n"
                                                   : "v" + to_text(value);
                                       text += '\x1F';
                                   }
                                   ++sum.rows;
                                   sum.checksum += hash_of(text);
                               }});
    return sum;
}

} // namespace

std::vector<std::string> copied_tables() {
    return {"organisation",      "job",
            "data_source",       "transfer_task",
            "execution",         "execution_reading",
            "execution_log",     "task_run",
            "watermark",         "sync_run",
            "sync_job",          "rejected_record",
            "history_gap",       "alert",
            "queued_run",        "message_shape",
            "message_shape_job", "prune_mark",
            "job_day",           "task_day",
            "source_day",        "given_start"};
}

void copy_warehouse(Warehouse& from, Warehouse& lines, Warehouse& to) {
    refuse_another_history(from, to);
    copy_rows(from, to, &Batch::organisations);
    copy_rows(from, to, &Batch::jobs);
    copy_rows(from, to, &Batch::data_sources);
    copy_rows(from, to, &Batch::transfer_tasks);
    ExecutionCopy executions(lines, to);
    each_row(from, "execution", [&](const Row& row) { executions.add(row_as<ExecutionRow>(row)); });
    executions.flush();
    copy_rows(from, to, &Batch::readings);
    copy_rows(from, to, &Batch::watermarks);
    copy_rows(from, to, &Batch::sync_runs);
    copy_rows(from, to, &Batch::sync_jobs);
    copy_rows(from, to, &Batch::rejected);
    copy_rows(from, to, &Batch::gaps);
    copy_rows(from, to, &Batch::queued_runs);
    copy_rows(from, to, &Batch::alerts);
    copy_rows(from, to, &Batch::shapes);
    copy_rows(from, to, &Batch::shape_jobs);
    copy_rows(from, to, &Batch::prune_marks);
    copy_rows(from, to, &Batch::job_days);
    copy_rows(from, to, &Batch::task_days);
    copy_rows(from, to, &Batch::source_days);
    copy_rows(from, to, &Batch::given_starts);
}

std::vector<TableComparison> compare_warehouses(Warehouse& from, Warehouse& to) {
    std::vector<TableComparison> comparisons;
    for (const std::string& table : copied_tables()) {
        const TableSum left = sum_of(from, table);
        const TableSum right = sum_of(to, table);
        comparisons.push_back(
            {.table = table,
             .rows_from = left.rows,
             .rows_to = right.rows,
             .equal = left.rows == right.rows && left.checksum == right.checksum});
    }
    return comparisons;
}

} // namespace tidemark
