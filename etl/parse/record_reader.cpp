#include "parse/record_reader.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace tidemark {
namespace {

using Kind = JsonValue::Kind;

bool is_absent(const JsonValue& value) {
    return value.kind == Kind::missing || value.kind == Kind::null;
}

std::optional<Guid> guid_in(const JsonValue& value) {
    return value.kind == Kind::string ? parse_guid(value.text) : std::nullopt;
}

std::optional<std::int64_t> integer_in(const JsonValue& value) {
    if (value.kind != Kind::number) return std::nullopt;
    std::int64_t number = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [last, error] = std::from_chars(value.text.data(), end, number);
    if (error != std::errc{} || last != end) return std::nullopt;
    return number;
}

} // namespace

std::string describe(const JsonValue& value) {
    switch (value.kind) {
    case Kind::missing: return "missing";
    case Kind::null: return "null";
    case Kind::container: return value.text.starts_with('{') ? "an object" : "an array";
    case Kind::broken_string: return "text with half of a surrogate pair";
    default: return quoted(value.text);
    }
}

Guid RecordReader::guid(std::string_view member, const JsonValue& value) {
    const auto id = guid_in(value);
    if (!id) reject_as(member, value, "a guid");
    return id.value_or(Guid{});
}

std::optional<Guid> RecordReader::optional_guid(std::string_view member, const JsonValue& value) {
    if (is_absent(value)) return std::nullopt;
    const Guid id = guid(member, value);
    if (id.is_nil()) return std::nullopt;
    return id;
}

std::optional<ApiTime> RecordReader::time(const JsonValue& value) {
    if (value.kind != Kind::string) return std::nullopt;
    const auto time = parse_api_time(value.text, *m_zone);
    m_needed_zone = m_needed_zone || (time && time->by_zone);
    return time;
}

Timestamp RecordReader::moment(std::string_view member, const JsonValue& value) {
    const auto time = this->time(value);
    if (!time || !time->moment) reject_as(member, value, "a time");
    return time && time->moment ? *time->moment : Timestamp{};
}

std::optional<Timestamp> RecordReader::optional_moment(std::string_view member,
                                                       const JsonValue& value) {
    if (is_absent(value)) return std::nullopt;
    const auto time = this->time(value);
    if (!time) reject_as(member, value, "a time");
    return time ? time->moment : std::nullopt;
}

std::int64_t RecordReader::integer(std::string_view member, const JsonValue& value) {
    const auto number = integer_in(value);
    if (!number) reject_as(member, value, "an integer");
    return number.value_or(0);
}

std::optional<std::string> RecordReader::optional_text(std::string_view member,
                                                       const JsonValue& value) {
    if (is_absent(value)) return std::nullopt;
    if (value.kind == Kind::broken_string) return storable_unescaped(value.text);
    if (value.kind != Kind::string) reject_as(member, value, "text");
    if (value.text.find('\0') != std::string_view::npos) return storable(value.text);
    return std::string{value.text};
}

void RecordReader::expect_array(std::string_view member, const JsonValue& value) {
    const bool is_array = value.kind == Kind::container && value.text.starts_with('[');
    if (!is_array && !is_absent(value)) reject_as(member, value, "an array");
}

void RecordReader::reject(std::string_view member, std::string reason) {
    if (!m_fault) m_fault = MemberFault{std::string{member}, std::move(reason)};
}

void RecordReader::reject_as(std::string_view member, const JsonValue& value,
                             std::string_view expected) {
    if (m_fault) return;
    reject(member, fmt::format("{} is {}, not {}", member, describe(value), expected));
}

} // namespace tidemark
