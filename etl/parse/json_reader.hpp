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

/// The text is no JSON. What it says stands after the text's name: `is larger than 4 GiB`. Never
/// leaves the parsers.
class InvalidJson : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The members that we know of a kind of record, by ASCII letters of either case.
struct RecordShape {
    std::array<std::string_view, 7> members; ///< "" for the rest
    const RecordShape* nested = nullptr; ///< of the records in the array that is the last member
};

/// A record as it was found. Views last until the reader's next call.
struct JsonRecord {
    bool is_object = true;
    std::array<JsonValue, 7> values; ///< in the shape's order
    std::string extra;     ///< the members that we do not know: one object, minified, keys in order
    std::string_view json; ///< of a nested record: as it came
    JsonValue other;       ///< of a nested record that is no object: what it is instead
};

/// Reads records out of JSON text, each byte once; the one place that knows simdjson.
class JsonReader {
public:
    /// Receives each nested record while the record around it is read.
    using Nested = std::function<void(JsonRecord&)>;

    JsonReader();
    ~JsonReader();
    JsonReader(JsonReader&&) noexcept;
    JsonReader& operator=(JsonReader&&) noexcept;

    /// Reads an object; bytes in it that are no UTF-8 become U+FFFD, and a control character that
    /// stands in a string without an escape is taken as it is. Of a member that is there twice the
    /// first counts, and the second is kept in `extra`. Throws InvalidJson, also for what follows
    /// the object and for members that nest deeper than 512 levels.
    JsonRecord read(std::string_view json, const RecordShape& shape, const Nested& nested = {});

    /// Reads an object until every member of the shape was found, or as far as it goes when the
    /// text is cut off or no JSON. Never throws for what the text holds.
    JsonRecord read_head(std::string_view json, const RecordShape& shape);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
