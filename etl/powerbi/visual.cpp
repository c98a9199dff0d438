#include "powerbi/visual.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string_view>
#include <utility>

namespace tidemark::powerbi {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view container_schema =
    "https://developer.microsoft.com/json-schemas/fabric/item/report/definition/"
    "visualContainer/2.1.0/schema.json";

// What a visual's properties are written as.
Json literal(std::string_view value) {
    return {{"expr", {{"Literal", {{"Value", std::string{value}}}}}}};
}
Json text(std::string_view value) {
    std::string quoted = "'";
    for (const char c : value) {
        if (c == '\'') quoted += '\'';
        quoted += c;
    }
    return literal(quoted + "'");
}
Json properties(Json values) { return Json::array({Json{{"properties", std::move(values)}}}); }

Json expression_of(const Field& field) {
    Json named = {{"Expression", {{"SourceRef", {{"Entity", field.table}}}}},
                  {"Property", field.name}};
    return {{field.is_measure ? "Measure" : "Column", std::move(named)}};
}

Json projection(const Field& field, bool is_axis) {
    Json projection = {{"field", expression_of(field)},
                       {"queryRef", fmt::format("{}.{}", field.table, field.name)},
                       {"nativeQueryRef", field.name}};
    if (is_axis) projection["active"] = true;
    return projection;
}

Json query_of(const Visual& visual) {
    Json state = Json::object();
    for (const Role& role : visual.roles) {
        Json projections = Json::array();
        for (const Field& field : role.fields)
            projections.push_back(projection(field, role.name == "Category"));
        state[role.name] = {{"projections", std::move(projections)}};
    }
    Json query = {{"queryState", std::move(state)}};
    if (!visual.sorted_by.empty()) {
        const Json sort = {{"field", expression_of(visual.sorted_by.front())},
                           {"direction", visual.sorts_upwards ? "Ascending" : "Descending"}};
        query["sortDefinition"] = {{"sort", Json::array({sort})}, {"isDefaultSort", false}};
    }
    return query;
}

/// How each kind of visual looks.
Json objects_of(const Visual& visual) {
    if (visual.type == "card") {
        return {{"categoryLabels", properties({{"show", literal("false")}})},
                {"labels", properties({{"fontSize", literal("24D")}})}};
    }
    if (visual.type == "tableEx") return {{"total", properties({{"totals", literal("false")}})}};
    if (visual.type == "slicer") {
        return {{"data", properties({{"mode", text("Dropdown")}})},
                {"header", properties({{"show", literal("false")}})}};
    }
    if (visual.unseen.empty()) return Json::object();
    const Json white = {{"solid", {{"color", text("#FFFFFF")}}}};
    const Json point = {{"properties", {{"fill", white}}},
                        {"selector", {{"metadata", visual.unseen}}}};
    return {{"dataPoint", Json::array({point})},
            {"legend", properties({{"show", literal("false")}})}};
}

Json container_of(const Visual& visual, const std::string& unique_name, int order) {
    Json shown = {{"visualType", visual.type}};
    if (!visual.roles.empty()) shown["query"] = query_of(visual);
    const Json objects = objects_of(visual);
    if (!objects.empty()) shown["objects"] = objects;
    shown["visualContainerObjects"] = {
        {"title", properties({{"show", literal(visual.title.empty() ? "false" : "true")},
                              {"text", text(visual.title)}})},
        {"general", properties({{"altText", text(visual.title)}})}};
    shown["drillFilterOtherVisuals"] = true;
    return {{"$schema", container_schema},
            {"name", unique_name},
            {"position",
             {{"x", visual.area.x},
              {"y", visual.area.y},
              {"z", order},
              {"height", visual.area.height},
              {"width", visual.area.width},
              {"tabOrder", order}}},
            {"visual", std::move(shown)}};
}

} // namespace

Field column(std::string table, std::string name) {
    return {std::move(table), std::move(name), false};
}

Field measure(std::string table, std::string name) {
    return {std::move(table), std::move(name), true};
}

Visual card(std::string name, std::string title, Field value, Area area) {
    return {.name = std::move(name),
            .type = "card",
            .title = std::move(title),
            .area = area,
            .roles = {{"Values", {std::move(value)}}}};
}

Visual table(std::string name, std::string title, std::vector<Field> fields, Field sorted_by,
             Area area) {
    return {.name = std::move(name),
            .type = "tableEx",
            .title = std::move(title),
            .area = area,
            .roles = {{"Values", std::move(fields)}},
            .sorted_by = {std::move(sorted_by)}};
}

Visual chart(std::string name, std::string type, std::string title, std::vector<Field> axis,
             std::vector<Field> values, Area area) {
    return {.name = std::move(name),
            .type = std::move(type),
            .title = std::move(title),
            .area = area,
            .roles = {{"Category", std::move(axis)}, {"Y", std::move(values)}}};
}

Visual slicer(std::string name, std::string title, Field field, Area area) {
    return {.name = std::move(name),
            .type = "slicer",
            .title = std::move(title),
            .area = area,
            .roles = {{"Values", {std::move(field)}}}};
}

std::string visual_file(const Visual& visual, const std::string& unique_name, int order) {
    return container_of(visual, unique_name, order).dump(2) + "\n";
}

} // namespace tidemark::powerbi
