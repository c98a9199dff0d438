#include "config/document.hpp"

#include "config/toml_syntax.hpp"
#include "error.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

std::string_view kind_of_other(const toml::node& node) {
    switch (node.type()) {
    case toml::node_type::floating_point: return "a float";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time";
    default: return "a date with a time";
    }
}

TomlValue value_of(const toml::node& node);

ValueList list_of(const toml::array& array) {
    ValueList list;
    for (const toml::node& element : array)
        list.push_back(value_of(element));
    return list;
}

/// A table holds its members sorted by name; errors are told in the order of the file.
ValueTable table_of(const toml::table& table) {
    ValueTable members;
    for (const auto& [key, node] : table) {
        members.push_back({std::string{key.str()}, value_of(node)});
        if (const int line = line_of(key.source()); line > 0) members.back().value.line = line;
    }
    std::stable_sort(members.begin(), members.end(), [](const Member& left, const Member& right) {
        return left.value.line < right.value.line;
    });
    return members;
}

TomlValue value_of(const toml::node& node) {
    TomlValue value{std::max(1, line_of(node.source())), OtherValue{}};
    if (const auto* text = node.as_string()) {
        value.content = text->get();
    } else if (const auto* number = node.as_integer()) {
        value.content = number->get();
    } else if (const auto* truth = node.as_boolean()) {
        value.content = truth->get();
    } else if (const auto* array = node.as_array()) {
        value.content = list_of(*array);
    } else if (const auto* table = node.as_table()) {
        value.content = table_of(*table);
    } else {
        value.content = OtherValue{kind_of_other(node)};
    }
    return value;
}

/// The line of this number, from 1; "" when there is none.
std::string_view line_at(std::string_view text, int number) {
    for (; number > 1 && !text.empty(); --number)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text.substr(0, text.find('\n'));
}

[[noreturn]] void fail(std::string_view file, int line, std::string_view what) {
    throw ConfigError(fmt::format("{}:{}: {}", file, line, what));
}

} // namespace

std::string_view TomlValue::kind() const {
    if (std::holds_alternative<std::string>(content)) return "a string";
    if (std::holds_alternative<std::int64_t>(content)) return "an integer";
    if (std::holds_alternative<bool>(content)) return "a boolean";
    if (std::holds_alternative<ValueList>(content)) return "an array";
    if (std::holds_alternative<ValueTable>(content)) return "a table";
    return std::get<OtherValue>(content).kind;
}

const TomlValue* find_member(const TomlValue& table, std::string_view key) {
    const auto* members = std::get_if<ValueTable>(&table.content);
    if (members == nullptr) return nullptr;
    const auto named = [key](const Member& member) { return member.key == key; };
    const auto found = std::find_if(members->begin(), members->end(), named);
    return found == members->end() ? nullptr : &found->value;
}

TomlValue read_document(std::string_view text, std::string_view file) {
    if (const auto fault = unparsable_toml(text)) fail(file, fault->line, fault->what);
    try {
        return value_of(toml::parse(text, file));
    } catch (const toml::parse_error& error) {
        const int line = std::max(1, line_of(error.source()));
        fail(file, line, toml_error_words(error.description(), line_at(text, line)));
    }
}

} // namespace tidemark
