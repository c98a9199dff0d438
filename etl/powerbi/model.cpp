#include "powerbi/model.hpp"

#include "error.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace tidemark::powerbi {
namespace {

/// Of a project that Power BI Desktop opened: its own notes and a copy of the data.
constexpr std::string_view desktop_folder = ".pbi";

std::string value_of(const TmdlObject& object, std::string_view property) {
    const auto* found = object.property(property);
    return found == nullptr ? std::string{} : found->value;
}

/// Names may stand in quotes in a value, too: `sortByColumn: 'ISO weekday'`.
std::string name_in(const std::string& value) { return column_path(value).table; }

ModelColumn column_of(const TmdlObject& object, const std::string& file) {
    return {.name = object.name,
            .data_type = value_of(object, "dataType"),
            .source_column = name_in(value_of(object, "sourceColumn")),
            .expression = object.expression,
            .sorted_by = name_in(value_of(object, "sortByColumn")),
            .place = {file, object.line}};
}

ModelTable table_of(const TmdlObject& object, const std::string& file) {
    ModelTable table{.name = object.name, .place = {file, object.line}};
    for (const TmdlObject& child : object.children) {
        if (child.kind == "column") {
            table.columns.push_back(column_of(child, file));
        } else if (child.kind == "measure") {
            table.measures.push_back({child.name, child.expression, {file, child.line}});
        } else if (child.kind == "partition") {
            table.sources.push_back(value_of(child, "source"));
        } else if (child.kind == "refreshPolicy") {
            table.has_policy = true;
            table.policy_source = value_of(child, "sourceExpression");
        } else if (child.kind == "annotation" && child.name == view_annotation) {
            table.view = child.expression;
        }
    }
    return table;
}

ModelRelationship relationship_of(const TmdlObject& object, const std::string& file) {
    return {.name = object.name,
            .from = column_path(value_of(object, "fromColumn")),
            .to = column_path(value_of(object, "toColumn")),
            .is_active = value_of(object, "isActive") != "false",
            .place = {file, object.line}};
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Error(fmt::format("'{}' cannot be read", utf8(file)));
    return text.str();
}

} // namespace

std::string to_text(const Place& place) { return fmt::format("{}:{}", place.file, place.line); }

const ModelColumn* ModelTable::column(std::string_view column_name) const {
    const auto found = std::ranges::find(columns, column_name, &ModelColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

const ModelTable* SemanticModel::table(std::string_view name) const {
    const auto found = std::ranges::find(tables, name, &ModelTable::name);
    return found == tables.end() ? nullptr : &*found;
}

Files read_files(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    if (!fs::is_directory(folder)) throw Error(fmt::format("'{}' is no folder", utf8(folder)));
    Files files;
    for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::end(entry); ++entry) {
        if (entry->path().filename() == desktop_folder) entry.disable_recursion_pending();
        if (!entry->is_regular_file()) continue;
        const auto name = fs::relative(entry->path(), folder).generic_u8string();
        files[{name.begin(), name.end()}] = text_of(entry->path());
    }
    return files;
}

SemanticModel read_model(const Files& files) {
    SemanticModel model;
    for (const auto& [path, text] : files) {
        if (!path.starts_with(definition_folder) || !path.ends_with(".tmdl")) continue;
        for (const TmdlObject& object : parse_tmdl(text, path)) {
            if (object.kind == "table") {
                model.tables.push_back(table_of(object, path));
            } else if (object.kind == "relationship") {
                model.relationships.push_back(relationship_of(object, path));
            } else if (object.kind == "expression") {
                model.parameters.push_back({object.name, object.expression, {path, object.line}});
            }
        }
    }
    return model;
}

} // namespace tidemark::powerbi
