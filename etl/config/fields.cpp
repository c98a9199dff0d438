#include "config/fields.hpp"

#include "error.hpp"
#include "platform/path_text.hpp"
#include "platform/zone_files.hpp"
#include "text/did_you_mean.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

using std::chrono::seconds;

constexpr std::array<std::pair<char, std::int64_t>, 4> duration_units = {
    {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
constexpr std::int64_t longest_duration = std::int64_t{most_days} * 86400;

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 10> size_units = {
    {{"", 1},
     {"b", 1},
     {"kb", 1'000},
     {"mb", 1'000'000},
     {"gb", 1'000'000'000},
     {"tb", 1'000'000'000'000},
     {"kib", 1ULL << 10U},
     {"mib", 1ULL << 20U},
     {"gib", 1ULL << 30U},
     {"tib", 1ULL << 40U}}};

/// Takes the number that the text begins with away from it.
template <typename Number> std::optional<Number> consume_number(std::string_view& text) {
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// The index of the unit that the text begins with, at `from` or smaller; takes it away.
std::optional<std::size_t> consume_unit(std::string_view& text, std::size_t from) {
    for (std::size_t i = from; i < duration_units.size(); ++i) {
        if (!text.empty() && text.front() == duration_units[i].first) {
            text.remove_prefix(1);
            return i;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<seconds> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        const auto number = consume_number<std::int64_t>(text);
        const auto unit = consume_unit(text, next_unit);
        if (!number || !unit || *number > longest_duration) return std::nullopt;
        total += *number * duration_units[*unit].second;
        if (total > longest_duration) return std::nullopt;
        next_unit = *unit + 1;
    }
    return seconds{total};
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    const auto number = consume_number<std::uint64_t>(text);
    if (!number) return std::nullopt;
    if (text.starts_with(' ')) text.remove_prefix(1);
    const std::string unit = lower_case(text);
    for (const auto& [name, bytes] : size_units) {
        if (name != unit) continue;
        if (*number > UINT64_MAX / bytes) return std::nullopt;
        return *number * bytes;
    }
    return std::nullopt;
}

namespace {

std::string city_of(const std::string& zone) { return zone.substr(zone.rfind('/') + 1); }

/// `Copenhagen` is what people call `Europe/Copenhagen`.
std::string zone_of_city(std::string_view city, const std::vector<std::string>& zones) {
    const std::string wanted = lower_case(city);
    for (const std::string& zone : zones) {
        if (lower_case(city_of(zone)) == wanted) return zone;
    }
    return "";
}

} // namespace

std::string suggest_zone(std::string_view unknown) {
    const auto zones = zone_names();
    if (zones.empty()) return " (is the system's time zone data, tzdata, installed?)";
    const std::string zone = zone_of_city(unknown, zones);
    if (!zone.empty()) return fmt::format(" (did you mean '{}'?)", zone);
    const std::string nearest = did_you_mean(unknown, zones);
    return nearest.empty() ? " (use an IANA name such as 'Europe/Copenhagen')" : nearest;
}

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

void require_storable(const Field& field, std::string_view name) {
    if (name.find_first_not_of(" \t\r\n") == std::string_view::npos)
        field.fail(fmt::format("'{}' has an empty name; write one", field.path));
    if (name.size() <= most_name_bytes) return;
    field.fail(fmt::format("'{}' has a name of {} bytes; names have at most {}", field.path,
                           name.size(), most_name_bytes));
}

} // namespace

Field Field::at(const Member& member) const {
    const std::string key =
        is_bare(member.key) ? member.key : fmt::format("\"{}\"", one_line(member.key));
    return {file, path.empty() ? key : fmt::format("{}.{}", path, key), member.value};
}

void Field::fail(std::string_view what) const {
    throw ConfigError(fmt::format("{}:{}: {}", utf8(file), value.line, what));
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

std::string read_name(const Field& field) {
    std::string name = read_text(field);
    require_storable(field, name);
    return name;
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
    const std::string example =
        fmt::format("a duration such as '7d', '26h' or '1d12h', at most {}d", most_days);
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

std::vector<std::string> read_names(const Field& field) {
    std::vector<std::string> names = read_texts(field);
    for (const std::string& name : names)
        require_storable(field, name);
    return names;
}

const ValueTable& read_members(const Field& field) {
    return content_of<ValueTable>(field, "a table");
}

const ValueTable& read_named_members(const Field& field) {
    const ValueTable& members = read_members(field);
    for (const Member& member : members)
        require_storable({field.file, field.path, member.value}, member.key);
    return members;
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
    return field.file.parent_path() / path_of(read_text(field));
}

} // namespace tidemark
