#include "parse/json_reader.hpp"

#include "parse/member_array.hpp"
#include "parse/sorted_members.hpp"
#include "text/foreign_text.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace tidemark {
namespace {

namespace ondemand = simdjson::ondemand;
using Kind = JsonValue::Kind;

constexpr int max_depth = 512; // both databases read JSON that nests so deep

// of one record, so that its memory is bounded: no API sends a thousandth of it
constexpr std::size_t most_unknown_bytes = 4U << 20U;
constexpr std::size_t most_values = 1'000'000;

const char* fault_text(simdjson::error_code error) {
    switch (error) {
    case simdjson::UNCLOSED_STRING: return "is not valid JSON: a string is not closed";
    case simdjson::UNESCAPED_CHARS: // behind a backslash, or it would have got its escape
    case simdjson::STRING_ERROR: return "is not valid JSON: an invalid escape in a string";
    case simdjson::N_ATOM_ERROR: return "is not valid JSON: a word other than true, false or null";
    case simdjson::NUMBER_ERROR: return "is not valid JSON: a number that is invalid or too large";
    case simdjson::TRAILING_CONTENT: return "is not valid JSON: something follows its end";
    case simdjson::DEPTH_ERROR: return "nests deeper than 512 levels";
    case simdjson::CAPACITY:
        return "has a record with more than 4 MiB or a million values in members that are not "
               "known";
    default: return "is not valid JSON: a bracket, comma or colon is missing or too many";
    }
}

[[noreturn]] void fail(simdjson::error_code error) { throw simdjson::simdjson_error(error); }

/// Between the quotes, with its escapes. simdjson has made sure that there is a second quote.
std::string_view raw_key(ondemand::raw_json_string key) {
    const char* const begin = key.raw();
    const char* end = begin;
    while (*end != '"')
        end += *end == '\\' ? 2 : 1;
    return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view trimmed(std::string_view text) {
    std::size_t size = text.size();
    while (size > 0 && is_json_space(text[size - 1]))
        --size;
    return text.substr(0, size);
}

std::string_view token(ondemand::value value) { return trimmed(value.raw_json_token()); }

/// simdjson takes half of a surrogate pair for an error or, before 3.1, may turn it into invalid
/// UTF-8.
JsonValue string_value(ondemand::value value, std::string_view text) {
    if (text.find('\\') == std::string_view::npos) {
        return {Kind::string, text.substr(1, text.size() - 2)};
    }
    std::string_view unescaped;
    const simdjson::error_code error = value.get_string().get(unescaped);
    if (error != simdjson::SUCCESS && !has_valid_escapes(text)) fail(error);
    if (error != simdjson::SUCCESS || !simdjson::validate_utf8(unescaped)) {
        return {Kind::broken_string, text.substr(1, text.size() - 2)};
    }
    return {Kind::string, unescaped};
}

/// A number that no double holds is a number.
JsonValue number_value(ondemand::value value, std::string_view text) {
    const simdjson::error_code error = value.get_double().error();
    if (error != simdjson::SUCCESS && !is_json_number(text)) fail(error);
    return {Kind::number, text};
}

JsonValue word_value(std::string_view text) {
    if (text == "null") return {Kind::null, text};
    if (text == "true" || text == "false") return {Kind::boolean, text};
    fail(simdjson::N_ATOM_ERROR);
}

/// Reads a scalar, making sure that it is valid JSON.
JsonValue scalar_value(ondemand::value value) {
    const std::string_view text = token(value);
    const ondemand::json_type type = value.type();
    if (type == ondemand::json_type::string) return string_value(value, text);
    if (type == ondemand::json_type::number) return number_value(value, text);
    return word_value(text);
}

/// Makes values minified, their members sorted, after making sure that they are valid JSON; of one
/// record so much as is kept. Numbers beyond the usual become text.
class CanonicalJson {
public:
    std::string of(ondemand::value value, int depth = 1) {
        if (depth > max_depth) fail(simdjson::DEPTH_ERROR);
        const ondemand::json_type type = value.type();
        if (type == ondemand::json_type::object) return of_object(value.get_object(), depth);
        if (type == ondemand::json_type::array) return of_array(value.get_array(), depth);
        const std::string_view text = token(value);
        spend(text.size());
        const JsonValue scalar = scalar_value(value);
        if (scalar.kind == Kind::number && !is_usual_number(text))
            return fmt::format("\"{}\"", text);
        return storable_json(text);
    }

    /// A key that is kept, between its quotes.
    std::string of_key(std::string_view key) {
        spend(key.size());
        if (!has_valid_escapes(key)) fail(simdjson::STRING_ERROR);
        return storable_json(key);
    }

private:
    std::string of_object(ondemand::object object, int depth) {
        SortedMembers members;
        for (auto field : object) {
            const std::string key = of_key(raw_key(field.key()));
            members.add(key, of(field.value(), depth + 1));
        }
        return members.object();
    }

    std::string of_array(ondemand::array array, int depth) {
        std::string json = "[";
        for (auto element : array) {
            if (json.size() > 1) json += ',';
            json += of(element.value(), depth + 1);
        }
        return json + ']';
    }

    void spend(std::size_t bytes) {
        if (bytes > m_left) fail(simdjson::CAPACITY);
        m_left -= bytes;
    }

    std::size_t m_left = most_unknown_bytes;
};

/// Reads any value, making sure that it is valid JSON.
JsonValue any_value(ondemand::value value, CanonicalJson& canonical) {
    const std::string_view text = token(value);
    if (text.front() != '{' && text.front() != '[') return scalar_value(value);
    static_cast<void>(canonical.of(value));
    return {Kind::container, text.substr(0, 1)};
}

/// The index of a member in the shape; the number of members for an unknown one. Compares with
/// `expected` first, because members mostly come in the order of the shape.
std::size_t index_of(std::string_view name, const RecordShape& shape, std::size_t expected) {
    const auto& members = shape.members;
    if (expected < members.size() && is_named(name, members[expected])) return expected;
    const auto* const found =
        std::find_if(members.begin(), members.end(),
                     [&](std::string_view member) { return is_named(name, member); });
    return static_cast<std::size_t>(found - members.begin());
}

/// `key` is the field's, as it is written.
template <typename Field>
std::size_t index_of(Field& field, std::string_view key, const RecordShape& shape,
                     std::size_t expected) {
    if (key.find('\\') == std::string_view::npos) return index_of(key, shape, expected);
    std::string_view unescaped;
    const simdjson::error_code error = field.unescaped_key().get(unescaped);
    return error == simdjson::SUCCESS ? index_of(unescaped, shape, expected) : shape.members.size();
}

void read_nested(ondemand::array array, const RecordShape& shape, const JsonReader::Nested& nested);

JsonValue member_value(ondemand::value value, bool holds_records, const RecordShape& shape,
                       const JsonReader::Nested& nested, CanonicalJson& canonical) {
    const ondemand::json_type type = value.type();
    if (!holds_records || type != ondemand::json_type::array) return any_value(value, canonical);
    read_nested(value.get_array(), *shape.nested, nested);
    return {Kind::container, "["};
}

JsonRecord read_record(ondemand::object object, const RecordShape& shape,
                       const JsonReader::Nested& nested) {
    JsonRecord record;
    SortedMembers extras;
    CanonicalJson canonical;
    std::size_t expected = 0;
    for (auto field : object) {
        const std::string_view key = raw_key(field.key());
        const std::size_t index = index_of(field, key, shape, expected);
        expected = index + 1;
        const bool known = index < record.values.size();
        if (known && record.values[index].kind == Kind::missing) {
            const bool holds_records = shape.nested != nullptr && index + 1 == record.values.size();
            record.values[index] =
                member_value(field.value(), holds_records, shape, nested, canonical);
        } else {
            const std::string kept_key = canonical.of_key(key);
            extras.add(kept_key, canonical.of(field.value()));
        }
    }
    if (!extras.empty()) record.extra = extras.object();
    return record;
}

JsonRecord read_nested_record(ondemand::value value, const RecordShape& shape) {
    const ondemand::json_type type = value.type();
    if (type == ondemand::json_type::object) return read_record(value.get_object(), shape, {});
    JsonRecord record;
    CanonicalJson canonical;
    record.is_object = false;
    record.other = any_value(value, canonical);
    return record;
}

/// The JSON of an array's element, which began at `begin` and has been read.
std::string_view source_of(ondemand::value value, const char* begin) {
    const char* const here = value.current_location();
    if (here == begin) return token(value); // a scalar that was not consumed
    return trimmed({begin, static_cast<std::size_t>(here - begin)});
}

void read_nested(ondemand::array array, const RecordShape& shape,
                 const JsonReader::Nested& nested) {
    for (auto element : array) {
        ondemand::value value = element.value();
        const char* const begin = token(value).data();
        JsonRecord record = read_nested_record(value, shape);
        record.json = source_of(value, begin);
        nested(record);
    }
}

bool is_complete(const JsonRecord& record, const RecordShape& shape) {
    return std::equal(shape.members.begin(), shape.members.end(), record.values.begin(),
                      [](std::string_view member, const JsonValue& value) {
                          return member.empty() || value.kind != Kind::missing;
                      });
}

} // namespace

struct JsonReader::Impl {
    ondemand::parser parser;
    std::string padded; // simdjson reads a little beyond the end

    /// Control characters within strings get their escapes, bytes that are no UTF-8 become U+FFFD.
    simdjson::simdjson_result<ondemand::document> try_open(std::string_view json) {
        auto opened = iterate(json);
        std::string escaped;
        if (opened.error() == simdjson::UNESCAPED_CHARS) {
            escaped = with_controls_escaped(json);
            json = escaped;
            opened = iterate(json);
        }
        if (opened.error() == simdjson::UTF8_ERROR) opened = iterate(valid_utf8(json));
        return opened;
    }

    ondemand::document open(std::string_view json) { return try_open(json).value(); }

    JsonRecord read_whole(std::string_view json, const RecordShape& shape, const Nested& nested) {
        ondemand::document document = open(json);
        JsonRecord record = read_record(document.get_object(), shape, nested);
        const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
        if (!at_end) fail(simdjson::TRAILING_CONTENT);
        return record;
    }

    /// The nested records one by one, so that the index stays small; then what is around them.
    JsonRecord read_large(std::string_view json, std::string_view array, const RecordShape& shape,
                          const Nested& nested) {
        std::string single;
        const bool closed = for_each_element(array, [&](std::string_view element) {
            if (element.starts_with('{')) {
                ondemand::document document = open(element);
                JsonRecord record = read_record(document.get_object(), *shape.nested, {});
                record.json = element;
                return nested(record);
            }
            single.assign(1, '[').append(element).append(1, ']');
            ondemand::document document = open(single);
            read_nested(document.get_array(), *shape.nested, [&](JsonRecord& record) {
                record.json = element;
                nested(record);
            });
        });
        if (!closed) fail(simdjson::TAPE_ERROR);
        return read_whole(with_empty_array(json, array), shape, nested);
    }

    simdjson::simdjson_result<ondemand::document> iterate(std::string_view json) {
        // simdjson's index of a text takes up to four times the text's size
        if (json.size() > large_record_bytes && has_more_values(json, most_values))
            return simdjson::CAPACITY;
        padded.assign(json).append(simdjson::SIMDJSON_PADDING, ' ');
        if (parser.capacity() < json.size()) {
            const auto error = parser.allocate(std::bit_ceil(json.size()));
            if (error != simdjson::SUCCESS) fail(error);
        }
        return parser.iterate(padded.data(), json.size(), padded.size());
    }
};

JsonReader::JsonReader() : m_impl(std::make_unique<Impl>()) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

JsonRecord JsonReader::read(std::string_view json, const RecordShape& shape, const Nested& nested) {
    try {
        const auto array = shape.nested != nullptr && json.size() > large_record_bytes
                               ? array_of_member(json, shape.members.back())
                               : std::nullopt;
        if (!array) return m_impl->read_whole(json, shape, nested);
        return m_impl->read_large(json, *array, shape, nested);
    } catch (const simdjson::simdjson_error& error) {
        const std::string foreign = foreign_notation(json);
        throw InvalidJson(foreign.empty() ? fault_text(error.error()) : foreign);
    }
}

JsonRecord JsonReader::read_head(std::string_view json, const RecordShape& shape) {
    JsonRecord record;
    try {
        CanonicalJson canonical;
        ondemand::document document;
        // most heads end within a string: an exception for each would cost more than the rest
        if (m_impl->try_open(json).get(document) != simdjson::SUCCESS) return record;
        for (auto field : document.get_object()) {
            const std::size_t index = index_of(field, raw_key(field.key()), shape, 0);
            if (index == record.values.size()) continue;
            JsonValue& value = record.values[index];
            if (value.kind == Kind::missing) value = any_value(field.value(), canonical);
            if (is_complete(record, shape)) break;
        }
    } catch (const simdjson::simdjson_error&) { // what was found before it counts
    }
    return record;
}

} // namespace tidemark
