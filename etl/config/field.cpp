#include "config/field.hpp"

#include "config/units.hpp"
#include "config/zone_names.hpp"
#include "error.hpp"
#include "parse/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

using std::chrono::seconds;

bool is_bare(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

std::string one_line(std::string_view text) {
    std::string line{text};
    std::replace_if(line.begin(), line.end(), is_control, '?');
    return line;
}

template <typename T> const T& content_of(const Field& field, std::string_view must_be) {
    const T* content = std::get_if<T>(&field.value.content);
    if (content == nullptr) field.wrong_kind(must_be);
    return *content;
}

} // namespace

Field Field::at(const Member& member) const {
    const std::string key =
        is_bare(member.key) ? member.key : fmt::format("\"{}\"", one_line(member.key));
    return {file, path.empty() ? key : fmt::format("{}.{}", path, key), member.value};
}

void Field::fail(std::string_view what) const {
    throw ConfigError(fmt::format("{}:{}: {}", file.string(), value.line, what));
}

void Field::wrong_kind(std::string_view must_be) const {
    fail(fmt::format("'{}' must be {}, not {}", path, must_be, value.kind()));
}

std::string in_quotes(std::string_view text) { return fmt::format("'{}'", one_line(text)); }

std::string read_text(const Field& field) {
    const auto& text = content_of<std::string>(field, "a string");
    if (text.empty()) field.fail(fmt::format("'{}' must not be empty", field.path));
    return text;
}

bool read_boolean(const Field& field) { return content_of<bool>(field, "true or false"); }

std::int64_t read_integer(const Field& field) {
    return content_of<std::int64_t>(field, "an integer");
}

std::int64_t read_integer(const Field& field, std::int64_t least, std::int64_t most) {
    const std::int64_t number = read_integer(field);
    if (number < least || number > most) {
        field.fail(
            fmt::format("'{}' must be between {} and {}, not {}", field.path, least, most, number));
    }
    return number;
}

std::uint64_t read_size(const Field& field, std::uint64_t most) {
    constexpr std::string_view example = "a size such as '32MiB'";
    const auto* number = std::get_if<std::int64_t>(&field.value.content);
    const std::string text =
        number != nullptr ? std::to_string(*number) : content_of<std::string>(field, example);
    const auto size = parse_size(text);
    if (!size) {
        field.fail(fmt::format("'{}' must be {}, not {}", field.path, example, in_quotes(text)));
    }
    if (*size == 0) field.fail(fmt::format("'{}' must be more than 0", field.path));
    if (*size > most) {
        field.fail(fmt::format("'{}' must be at most {} bytes, not {}", field.path, most,
                               in_quotes(text)));
    }
    return *size;
}

seconds read_duration(const Field& field, seconds least) {
    constexpr std::string_view example = "a duration such as '7d', '26h' or '1d12h'";
    const auto& text = content_of<std::string>(field, example);
    const auto duration = parse_duration(text);
    if (!duration) {
        field.fail(fmt::format("'{}' must be {}, not {}", field.path, example, in_quotes(text)));
    }
    if (*duration < least) {
        field.fail(fmt::format("'{}' must be at least {}s, not {}", field.path, least.count(),
                               in_quotes(text)));
    }
    return *duration;
}

TimeZone read_zone(const Field& field) {
    const std::string name = read_text(field);
    const auto zone = TimeZone::find(name);
    if (!zone) {
        field.fail(fmt::format("'{}' is no known time zone: {}{}", field.path, in_quotes(name),
                               suggest_zone(name)));
    }
    return *zone;
}

std::vector<std::string> read_texts(const Field& field) {
    std::vector<std::string> texts;
    for (const TomlValue& value : content_of<ValueList>(field, "an array of strings")) {
        texts.push_back(read_text({field.file, field.path, value}));
    }
    return texts;
}

const ValueTable& read_members(const Field& field) {
    return content_of<ValueTable>(field, "a table");
}

std::vector<Field> read_tables(const Field& field) {
    const std::string must_be = fmt::format("an array of tables, [[{}]]", field.path);
    std::vector<Field> tables;
    for (const TomlValue& value : content_of<ValueList>(field, must_be)) {
        tables.push_back({field.file, field.path, value});
    }
    return tables;
}

std::filesystem::path read_path(const Field& field) {
    return field.file.parent_path() / read_text(field);
}

} // namespace tidemark
