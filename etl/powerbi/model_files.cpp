#include "powerbi/project.hpp"
#include "warehouse/dictionary.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <algorithm>
#include <array>

namespace tidemark::powerbi {
namespace {

constexpr std::string_view template_folder = "etl/powerbi/model/";

/// Facts that are refreshed by days, by the moment at which their execution began.
constexpr std::array<std::string_view, 3> ranged = {"fact_execution", "fact_task_run", "fact_log"};

/// In M, and in TMDL's values, a text stands in '"'.
std::string m_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

bool is_ranged(const std::string& view) { return std::ranges::find(ranged, view) != ranged.end(); }

std::string on_lines(std::string_view text, std::string_view indent) {
    std::string indented;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        indented += fmt::format("{}{}\n", indent, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return indented;
}

std::vector<std::string> sources_of(const ModelTable& table) {
    std::vector<std::string> columns;
    for (const ModelColumn& column : table.columns)
        columns.push_back(column.source_column);
    return columns;
}

/// What is read of a view, in the words of PostgreSQL's connector.
std::string postgres_condition(const std::string& view) {
    std::string condition;
    if (is_ranged(view))
        condition = "[created_at_utc] >= RangeStart and [created_at_utc] < RangeEnd";
    if (view == "fact_log")
        condition +=
            "\n        and [created_at_utc] >= DateTimeZone.RemoveZone(DateTimeZone.UtcNow())"
            " - #duration(LogDays, 0, 0, 0)";
    if (view == "dim_date") condition = "[date_key] > 0";
    return condition;
}

std::string postgres_source(const ModelTable& table, std::string_view result) {
    std::vector<std::string> columns;
    for (const std::string& column : sources_of(table))
        columns.push_back(m_text(column));
    const std::string condition = postgres_condition(table.view);
    return fmt::format("let\n"
                       "    Source = PostgreSQL.Database(Server, Database),\n"
                       "    View = Source{{[Schema = SchemaName, Item = {}]}}[Data],\n"
                       "    Columns = Table.SelectColumns(View, {{{}}}),\n"
                       "    Rows = {}\n"
                       "in\n"
                       "    {}",
                       m_text(table.view), fmt::join(columns, ", "),
                       condition.empty()
                           ? "Columns"
                           : fmt::format("Table.SelectRows(Columns, each {})", condition),
                       result);
}

/// The same in SQL for the ODBC driver. Its text is the same every day, so that Power BI asks only
/// once whether it may run.
std::string sqlite_condition(const std::string& view) {
    std::string condition;
    if (is_ranged(view))
        condition =
            " & \" WHERE created_at_utc >= '\" & Moment(RangeStart) & \"' AND created_at_utc < '\""
            " & Moment(RangeEnd) & \"'\"";
    if (view == "fact_log")
        condition += " & \" AND created_at_utc >= strftime('%Y-%m-%d %H:%M:%S', 'now', '-\""
                     " & Number.ToText(LogDays, \"0\", \"en-US\") & \" days')\"";
    if (view == "dim_date") condition = " & \" WHERE date_key > 0\"";
    return condition;
}

std::string m_type_of(const std::string& data_type) {
    if (data_type == "int64") return "Int64.Type";
    if (data_type == "double") return "type number";
    if (data_type == "dateTime") return "type datetime";
    return "type text";
}

std::string sqlite_source(const ModelTable& table, std::string_view result) {
    std::vector<std::string> types;
    for (const ModelColumn& column : table.columns)
        types.push_back(
            fmt::format("{{{}, {}}}", m_text(column.source_column), m_type_of(column.data_type)));
    const std::string moment = is_ranged(table.view)
                                   ? "    Moment = (value as datetime) as text => "
                                     "DateTime.ToText(value, [Format = \"yyyy-MM-dd"
                                     " HH:mm:ss\", Culture = \"en-US\"]),\n"
                                   : "";
    return fmt::format("let\n"
                       "{}"
                       "    Connection = \"Driver={{\" & Driver & \"}};Database=\" & DatabaseFile &"
                       " \";BigInt=1;NoCreat=1;Timeout=10000\",\n"
                       "    Found = Odbc.Query(Connection, \"SELECT {} FROM {}\"{}),\n"
                       "    Rows = Table.TransformColumnTypes(Found, {{{}}}, \"en-US\")\n"
                       "in\n"
                       "    {}",
                       moment, fmt::join(sources_of(table), ", "), table.view,
                       sqlite_condition(table.view), fmt::join(types, ", "), result);
}

std::string source_of(const ModelTable& table, const WarehouseAddress& address,
                      std::string_view result = "Rows") {
    return address.file.empty() ? postgres_source(table, result) : sqlite_source(table, result);
}

/// Every night's partition is read again only when something in it has changed.
constexpr std::string_view newest_change = "let Newest = List.Max(Rows[changed_at_utc]) in if "
                                           "Newest = null then #datetime(1901, 1, 1, 0, 0, 0)"
                                           " else Newest";

std::string policy_of(const ModelTable& table, const WarehouseAddress& address) {
    return fmt::format("\trefreshPolicy\n"
                       "\t\tpolicyType: basic\n"
                       "\t\trollingWindowGranularity: year\n"
                       "\t\trollingWindowPeriods: 10\n"
                       "\t\tincrementalGranularity: day\n"
                       "\t\tincrementalPeriods: 35\n"
                       "\t\tpollingExpression =\n{}"
                       "\t\tsourceExpression =\n{}\n",
                       on_lines(source_of(table, address, newest_change), "\t\t\t\t"),
                       on_lines(source_of(table, address), "\t\t\t\t"));
}

std::string partition_of(const ModelTable& table, const WarehouseAddress& address) {
    return fmt::format("\tpartition {} = m\n"
                       "\t\tmode: import\n"
                       "\t\tsource =\n{}\n",
                       quoted_name(table.name), on_lines(source_of(table, address), "\t\t\t\t"));
}

std::string view_description(const Warehouse& warehouse, const std::string& name) {
    for (const ViewFile& view : view_files_of(warehouse.dialect())) {
        if (view.name == name) return description_of(view);
    }
    return {};
}

/// The template's text with the descriptions of the table and its columns, the partition and the
/// policy.
std::string filled_table(std::string_view text, const std::string& path, const Warehouse& warehouse,
                         const WarehouseAddress& address) {
    const Files alone{{path, std::string{text}}};
    const ModelTable table = read_model(alone).tables.at(0);
    const Dictionary dictionary;
    std::string filled = fmt::format("/// {}\n", view_description(warehouse, table.view));
    int number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        const auto column = std::ranges::find_if(table.columns, [number](const ModelColumn& known) {
            return known.place.line == number;
        });
        if (column != table.columns.end()) {
            if (const auto* note = dictionary.column(table.view, column->source_column))
                filled += fmt::format("\t/// {}\n", to_text(*note));
        }
        if (line.starts_with("\tannotation ")) {
            filled += partition_of(table, address);
            if (is_ranged(table.view)) filled += policy_of(table, address);
        }
        filled += fmt::format("{}\n", line);
    }
    return filled;
}

std::string parameter(std::string_view name, std::string_view value, std::string_view type,
                      std::string_view description) {
    return fmt::format("/// {}\nexpression {} = {} meta [IsParameterQuery = true, Type = \"{}\","
                       " IsParameterQueryRequired = true]\n\n\tannotation PBI_ResultType = {}\n\n",
                       description, name, value, type, type);
}

std::string parameters(const WarehouseAddress& address) {
    std::string text;
    if (address.file.empty()) {
        text +=
            parameter("Server", m_text(address.server), "Text",
                      "The PostgreSQL server, with its port behind a colon where it is not 5432.");
        text +=
            parameter("Database", m_text(address.database), "Text", "The database on that server.");
        text += parameter("SchemaName", m_text(address.schema), "Text",
                          "The schema of that database in which the warehouse is.");
    } else {
        text +=
            parameter("DatabaseFile", m_text(address.file), "Text",
                      "The warehouse's file, as the computer finds it that refreshes the model.");
        text += parameter("Driver", m_text("SQLite3 ODBC Driver"), "Text",
                          "The name of the SQLite ODBC driver on that computer.");
    }
    text +=
        parameter("RangeStart", "#datetime(2000, 1, 1, 0, 0, 0)", "DateTime",
                  "Runs that began earlier are not read. Incremental refresh sets it by itself.");
    text += parameter(
        "RangeEnd", "#datetime(2100, 1, 1, 0, 0, 0)", "DateTime",
        "Runs that began then or later are not read. Incremental refresh sets it by itself.");
    text += parameter("LogDays", "14", "Number",
                      "Log lines of runs that began in so many days are read; older ones are not.");
    return text;
}

/// A GUID that is the same whenever the same warehouse is written.
std::string stable_id(const WarehouseAddress& address, std::string_view part) {
    const std::string text = fmt::format("{}\n{}\n{}\n{}\n{}", address.file, address.server,
                                         address.database, address.schema, part);
    const auto hash = XXH3_128bits(text.data(), text.size());
    return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", hash.high64 >> 32U,
                       (hash.high64 >> 16U) & 0xffffU, hash.high64 & 0xfffU, hash.low64 >> 52U,
                       hash.low64 & 0xffffffffffffU);
}

std::string as_text(const nlohmann::ordered_json& json) { return json.dump(2) + "\n"; }

constexpr std::string_view schemas = "https://developer.microsoft.com/json-schemas/fabric/";

std::string platform(const WarehouseAddress& address, const std::string& type) {
    return as_text(
        {{"$schema", fmt::format("{}gitIntegration/platformProperties/2.0.0/schema.json", schemas)},
         {"metadata", {{"type", type}, {"displayName", project_name}}},
         {"config", {{"version", "2.0"}, {"logicalId", stable_id(address, type)}}}});
}

/// What opens a connection in Power BI Desktop, and no report.
std::string connection_file(const WarehouseAddress& address) {
    nlohmann::ordered_json details;
    if (address.file.empty()) {
        details = {{"protocol", "postgresql"},
                   {"address", {{"server", address.server}, {"database", address.database}}}};
    } else {
        details = {{"protocol", "odbc"},
                   {"address",
                    {{"options",
                      {{"driver", "{SQLite3 ODBC Driver}"},
                       {"Database", address.file},
                       {"BigInt", "1"},
                       {"NoCreat", "1"}}}}}};
    }
    return as_text({{"version", "0.1"},
                    {"connections", nlohmann::ordered_json::array({nlohmann::ordered_json{
                                        {"details", details},
                                        {"options", nlohmann::ordered_json::object()},
                                        {"mode", "Import"}}})}});
}

} // namespace

Files model_files(const Warehouse& warehouse, const WarehouseAddress& address) {
    Files files;
    for (const SqlFile& file : sql_files()) {
        if (!file.path.starts_with(template_folder)) continue;
        const std::string path =
            std::string{definition_folder} + std::string{file.path.substr(template_folder.size())};
        files[path] = path.find("/tables/") == std::string::npos
                          ? std::string{file.text}
                          : filled_table(file.text, path, warehouse, address);
    }
    files[std::string{definition_folder} + "expressions.tmdl"] = parameters(address);
    files[std::string{model_folder} + "definition.pbism"] = as_text(
        {{"$schema",
          fmt::format("{}item/semanticModel/definitionProperties/1.0.0/schema.json", schemas)},
         {"version", "4.2"},
         {"settings", nlohmann::ordered_json::object()}});
    files[std::string{model_folder} + ".platform"] = platform(address, "SemanticModel");
    return files;
}

Files project_files(const Warehouse& warehouse, const WarehouseAddress& address) {
    Files files = model_files(warehouse, address);
    files.merge(report_files());
    files[std::string{report_folder} + ".platform"] = platform(address, "Report");
    files["Tidemark.pbip"] =
        as_text({{"$schema", fmt::format("{}pbip/pbipProperties/1.0.0/schema.json", schemas)},
                 {"version", "1.0"},
                 {"artifacts",
                  nlohmann::ordered_json::array({{{"report", {{"path", "Tidemark.Report"}}}}})},
                 {"settings", {{"enableAutoRecovery", true}}}});
    files["Tidemark.pbids"] = connection_file(address);
    files[".gitignore"] = "**/.pbi/localSettings.json\n**/.pbi/cache.abf\n";
    return files;
}

} // namespace tidemark::powerbi
