#pragma once

#include "parse/record_reader.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tidemark {

/// A larger record is read in parts, so that it needs little memory beside its text.
constexpr std::size_t large_record_bytes = 4U << 20U;

/// The text is invalid JSON. The message is the rest of a sentence: `nests deeper than 512 levels`.
/// Only the parsers catch it.
class InvalidJson : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The known members of a kind of record. Names match in upper and lower case of ASCII letters.
struct RecordShape {
    std::array<std::string_view, 7> members; ///< "" for the rest
    const RecordShape* nested =
        nullptr; ///< shape of the records in the array that is the last member
};

/// A record that was read. The views are valid until the reader's next call.
struct JsonRecord {
    bool is_object = true;
    std::array<JsonValue, 7> values; ///< in the shape's order
    std::string extra;     ///< the unknown members as one minified object with sorted keys
    std::string_view json; ///< of a nested record: its text
    JsonValue other;       ///< of a nested record that is no object: its value
};

/// Reads records from JSON text in one pass. The only code that uses simdjson.
class JsonReader {
public:
    /// Called with each nested record while the outer record is read.
    using Nested = std::function<void(JsonRecord&)>;

    JsonReader();
    ~JsonReader();
    JsonReader(JsonReader&&) noexcept;
    JsonReader& operator=(JsonReader&&) noexcept;

    /// Reads an object. Bytes of invalid UTF-8 become U+FFFD, and unescaped control characters in
    /// strings are accepted. When a member occurs twice, the first counts and the second goes into
    /// `extra`. Throws InvalidJson, also for text after the object and for more than 512 nested
    /// levels, and for a record with more than 4 MiB or a million values in unknown members.
    JsonRecord read(std::string_view json, const RecordShape& shape, const Nested& nested = {});

    /// Reads an object until every member of the shape was found. When the text is cut off or
    /// invalid, it returns the members before that place. Never throws because of the text.
    JsonRecord read_head(std::string_view json, const RecordShape& shape);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
