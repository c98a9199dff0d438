#include "powerbi/check.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tidemark::powerbi {
namespace {

/// How the types of both databases begin, and what Power BI makes of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> model_types = {
    {{"INTEGER", "int64"},
     {"BIGINT", "int64"},
     {"bigint", "int64"},
     {"integer", "int64"},
     {"smallint", "int64"},
     {"REAL", "double"},
     {"double precision", "double"},
     {"numeric", "double"},
     {"TEXT", "string"},
     {"text", "string"},
     {"uuid", "string"},
     {"TIMESTAMP", "dateTime"},
     {"timestamp", "dateTime"},
     {"DATE", "dateTime"}}};

/// nullopt where SQLite tells no type.
std::optional<std::string_view> model_type_of(const std::string& type) {
    if (type.empty()) return std::nullopt;
    if (type == "date") return "dateTime";
    for (const auto& [beginning, model_type] : model_types) {
        if (type.starts_with(beginning)) return model_type;
    }
    return type;
}

/// Whether a query gives a column its type, as it must where the driver takes everything for text.
bool is_typed_by_query(const ModelTable& table, const std::string& column) {
    return std::ranges::all_of(table.sources, [&](const std::string& source) {
        return source.find(fmt::format("{{\"{}\", ", column)) != std::string::npos;
    });
}

void check_column(const ModelTable& table, const ModelColumn& column, const ColumnType& stored,
                  std::vector<std::string>& findings) {
    const auto type = model_type_of(stored.type);
    if (type ? *type == column.data_type
             : column.data_type == "string" || is_typed_by_query(table, stored.name))
        return;
    findings.push_back(
        fmt::format("{}: column '{}' is {}, '{}.{}' is {}", to_text(column.place), column.name,
                    column.data_type, table.view, stored.name,
                    type ? stored.type : "without a type, and no step gives it one"));
}

/// Every object of `Column` or `Measure`, however deep, as entity and property.
void collect_fields(const nlohmann::json& json,
                    std::vector<std::pair<std::string, std::string>>& fields) {
    for (const auto& [key, value] : json.items()) {
        const auto property = nlohmann::json::json_pointer("/Property");
        const auto entity = nlohmann::json::json_pointer("/Expression/SourceRef/Entity");
        if ((key == "Column" || key == "Measure") && value.contains(property) &&
            value.contains(entity) && value[property].is_string() && value[entity].is_string()) {
            fields.emplace_back(value[entity].get<std::string>(),
                                value[property].get<std::string>());
        } else if (value.is_structured()) {
            collect_fields(value, fields);
        }
    }
}

bool has_field(const SemanticModel& model, const std::string& table, const std::string& name) {
    const ModelTable* found = model.table(table);
    return found != nullptr &&
           (found->column(name) != nullptr ||
            std::ranges::find(found->measures, name, &ModelMeasure::name) != found->measures.end());
}

} // namespace

std::vector<std::string> check_sources(const SemanticModel& model, Warehouse& warehouse) {
    std::vector<std::string> findings;
    const auto views = view_files_of(warehouse.dialect());
    for (const ModelTable& table : model.tables) {
        if (table.view.empty()) continue; // the user's own
        if (std::ranges::find(views, table.view, &ViewFile::name) == views.end()) {
            findings.push_back(fmt::format("{}: the warehouse has no view '{}'",
                                           to_text(table.place), table.view));
            continue;
        }
        const auto stored = warehouse.columns(table.view);
        for (const ModelColumn& column : table.columns) {
            if (column.source_column.empty()) continue;
            const auto found = std::ranges::find(stored, column.source_column, &ColumnType::name);
            if (found == stored.end()) {
                findings.push_back(fmt::format("{}: the view '{}' has no column '{}'",
                                               to_text(column.place), table.view,
                                               column.source_column));
            } else {
                check_column(table, column, *found, findings);
            }
        }
    }
    return findings;
}

std::vector<std::string> check_report(const Files& files, const SemanticModel& model) {
    std::vector<std::string> findings;
    for (const auto& [path, text] : files) {
        if (!path.starts_with(report_folder) || !path.ends_with(".json")) continue;
        const auto json = nlohmann::json::parse(text, nullptr, false);
        if (json.is_discarded()) {
            findings.push_back(fmt::format("{}: this is no JSON", path));
            continue;
        }
        std::vector<std::pair<std::string, std::string>> fields;
        collect_fields(json, fields);
        for (const auto& [table, name] : fields) {
            if (!has_field(model, table, name))
                findings.push_back(
                    fmt::format("{}: the model has no field '{}' in '{}'", path, name, table));
        }
    }
    return findings;
}

} // namespace tidemark::powerbi
