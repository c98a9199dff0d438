#include "powerbi/check.hpp"
#include "powerbi/expression.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace tidemark::powerbi {
namespace {

class ModelCheck {
public:
    explicit ModelCheck(const SemanticModel& model) : m_model(model) {}

    std::vector<std::string> findings() {
        if (m_model.tables.empty()) m_findings.emplace_back("the model has no table");
        names();
        for (const ModelTable& table : m_model.tables) {
            read_from(table);
            for (const ModelMeasure& measure : table.measures)
                dax(measure.expression, measure.place, measure.name, table);
            for (const ModelColumn& column : table.columns)
                of_column(table, column);
        }
        relationships();
        parameters();
        return std::move(m_findings);
    }

private:
    template <typename... Values>
    void find(const Place& place, fmt::format_string<Values...> words, Values&&... values) {
        m_findings.push_back(fmt::format("{}: {}", to_text(place),
                                         fmt::format(words, std::forward<Values>(values)...)));
    }

    /// Power BI tells no upper from lower case in names.
    void names() {
        std::set<std::string> tables;
        std::map<std::string, std::string> measures;
        for (const ModelTable& table : m_model.tables) {
            if (!tables.insert(lower_case(table.name)).second)
                find(table.place, "table '{}' is there twice", table.name);
            std::set<std::string> fields;
            for (const ModelColumn& column : table.columns) {
                if (!fields.insert(lower_case(column.name)).second)
                    find(column.place, "column '{}' is there twice", column.name);
            }
            for (const ModelMeasure& measure : table.measures) {
                if (!fields.insert(lower_case(measure.name)).second)
                    find(measure.place, "measure '{}' has the name of another field of '{}'",
                         measure.name, table.name);
                const auto [other, is_new] = measures.emplace(lower_case(measure.name), table.name);
                if (!is_new && other->second != table.name)
                    find(measure.place, "measure '{}' is in '{}' too", measure.name, other->second);
            }
        }
    }

    void read_from(const ModelTable& table) {
        if (table.sources.empty())
            find(table.place, "table '{}' has no partition, so nothing is read", table.name);
        std::vector<std::string> sources = table.sources;
        if (table.has_policy) sources.push_back(table.policy_source);
        for (const std::string& source : sources) {
            const std::string fault = fault_in_m(source);
            if (!fault.empty()) find(table.place, "table '{}' is read by: {}", table.name, fault);
            if (!table.view.empty() && source.find(table.view) == std::string::npos)
                find(table.place, "table '{}' is not read from its view '{}'", table.name,
                     table.view);
            const auto used = names_in_m(source);
            m_used.insert(used.begin(), used.end());
            if (!table.has_policy) continue;
            for (const std::string range : {"RangeStart", "RangeEnd"}) {
                if (!used.contains(range))
                    find(table.place, "table '{}' has a refresh policy, and is read without '{}'",
                         table.name, range);
            }
        }
    }

    void of_column(const ModelTable& table, const ModelColumn& column) {
        if (column.source_column.empty() && column.expression.empty())
            find(column.place, "column '{}' has no source", column.name);
        if (!column.sorted_by.empty() && table.column(column.sorted_by) == nullptr)
            find(column.place, "column '{}' is sorted by '{}', which '{}' does not have",
                 column.name, column.sorted_by, table.name);
        if (!column.expression.empty()) dax(column.expression, column.place, column.name, table);
    }

    void dax(const std::string& expression, const Place& place, const std::string& name,
             const ModelTable& home) {
        const DaxNames used = names_in_dax(expression);
        if (!used.fault.empty()) find(place, "'{}': {}", name, used.fault);
        for (const ColumnPath& path : used.columns) {
            if (path.table.empty()) {
                if (!is_measure(path.column) && !used.texts.contains(path.column) &&
                    home.column(path.column) == nullptr)
                    find(place, "'{}' uses [{}], which is no measure", name, path.column);
                continue;
            }
            const ModelTable* table = m_model.table(path.table);
            if (table == nullptr) {
                find(place, "'{}' uses '{}', which is no table", name, path.table);
            } else if (table->column(path.column) == nullptr && !is_measure(path.column)) {
                find(place, "'{}' uses {}[{}], which is no column", name, quoted_name(path.table),
                     path.column);
            }
        }
        for (const std::string& table : used.tables) {
            if (m_model.table(table) == nullptr)
                find(place, "'{}' uses '{}', which is no table", name, table);
        }
    }

    bool is_measure(const std::string& name) const {
        return std::ranges::any_of(m_model.tables, [&](const ModelTable& table) {
            return std::ranges::find(table.measures, name, &ModelMeasure::name) !=
                   table.measures.end();
        });
    }

    const ModelColumn* column_at(const ModelRelationship& relationship, const ColumnPath& path) {
        const ModelTable* table = m_model.table(path.table);
        const ModelColumn* column = table == nullptr ? nullptr : table->column(path.column);
        if (column == nullptr)
            find(relationship.place, "relationship '{}' names {}.{}, which is no column",
                 relationship.name, quoted_name(path.table), quoted_name(path.column));
        return column;
    }

    void relationships() {
        std::set<std::string> ends;
        std::set<std::string> active;
        for (const ModelRelationship& relationship : m_model.relationships) {
            const ModelColumn* from = column_at(relationship, relationship.from);
            const ModelColumn* to = column_at(relationship, relationship.to);
            if (from != nullptr && to != nullptr && from->data_type != to->data_type)
                find(relationship.place, "relationship '{}' relates {} with {}", relationship.name,
                     from->data_type, to->data_type);
            const auto tables =
                fmt::format("{}\n{}", relationship.from.table, relationship.to.table);
            const auto columns =
                fmt::format("{}\n{}", relationship.from.column, relationship.to.column);
            if (!ends.insert(fmt::format("{}\n{}", tables, columns)).second) {
                find(relationship.place, "relationship '{}' is there twice", relationship.name);
            } else if (relationship.is_active && !active.insert(tables).second) {
                find(relationship.place,
                     "relationship '{}' is the second that is active between its tables",
                     relationship.name);
            }
        }
        paths();
    }

    /// Two active ways from one table to another make Power BI refuse the model.
    void paths() {
        std::map<std::string, std::vector<std::string>> next;
        for (const ModelRelationship& relationship : m_model.relationships) {
            if (relationship.is_active)
                next[relationship.from.table].push_back(relationship.to.table);
        }
        for (const ModelTable& table : m_model.tables) {
            std::vector<std::string> reached;
            std::vector<std::string> left{table.name};
            while (!left.empty()) {
                const std::string at = left.back();
                left.pop_back();
                for (const std::string& other : next[at]) {
                    if (std::ranges::find(reached, other) != reached.end()) {
                        find(table.place, "there are two active ways from '{}' to '{}'", table.name,
                             other);
                        continue;
                    }
                    reached.push_back(other);
                    left.push_back(other);
                }
            }
        }
    }

    void parameters() {
        std::set<std::string> known;
        for (const ModelParameter& parameter : m_model.parameters) {
            if (!known.insert(parameter.name).second)
                find(parameter.place, "parameter '{}' is there twice", parameter.name);
            if (!m_used.contains(parameter.name))
                find(parameter.place, "nothing uses the parameter '{}'", parameter.name);
            const std::string fault = fault_in_m(parameter.expression);
            if (!fault.empty()) find(parameter.place, "parameter '{}': {}", parameter.name, fault);
        }
        for (const std::string range : {"RangeStart", "RangeEnd"}) {
            if (m_used.contains(range) && !known.contains(range))
                m_findings.push_back(
                    fmt::format("the parameter '{}' is used, and is not there", range));
        }
    }

    const SemanticModel& m_model;
    std::set<std::string> m_used; ///< identifiers in what tables are read by
    std::vector<std::string> m_findings;
};

} // namespace

std::vector<std::string> check_model(const SemanticModel& model) {
    return ModelCheck(model).findings();
}

} // namespace tidemark::powerbi
