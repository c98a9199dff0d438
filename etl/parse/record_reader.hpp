#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"
#include "parse/api_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// A member's value as it was found. Views into the buffers of the parser that found it.
struct JsonValue {
    enum class Kind {
        missing,
        null,
        boolean,
        number,
        string,
        broken_string, ///< holds half of a surrogate pair: valid JSON, to be repaired
        container
    };
    Kind kind = Kind::missing;
    std::string_view text; ///< of a string its content, unescaped; of others how they are written,
                           ///< of a broken one without its quotes
};

/// Why a record cannot be loaded.
struct MemberFault {
    std::string member; ///< "" for the record as a whole
    std::string reason; ///< one line that names the member
};

/// Reads the members of one record by type and remembers the first that it cannot take; what it
/// returns for that one is of no use.
class RecordReader {
public:
    /// `zone` is that of timestamps that carry none; it must outlive the reader.
    explicit RecordReader(const TimeZone& zone) : m_zone(&zone) {}

    Guid guid(std::string_view member, const JsonValue& value);

    /// nullopt for the nil guid, null or nothing.
    std::optional<Guid> optional_guid(std::string_view member, const JsonValue& value);

    /// A fault for .NET's "no time".
    Timestamp moment(std::string_view member, const JsonValue& value);

    /// nullopt for .NET's "no time", null or nothing.
    std::optional<Timestamp> optional_moment(std::string_view member, const JsonValue& value);

    std::int64_t integer(std::string_view member, const JsonValue& value);

    /// Valid UTF-8 without NUL, U+FFFD standing for what is neither; nullopt for null or nothing.
    std::optional<std::string> optional_text(std::string_view member, const JsonValue& value);

    /// A fault for anything but an array, null or nothing.
    void expect_array(std::string_view member, const JsonValue& value);

    /// Notes a fault unless there is one.
    void reject(std::string_view member, std::string reason);

    [[nodiscard]] const std::optional<MemberFault>& fault() const { return m_fault; }

    /// Whether a moment was read that carries no zone of its own.
    [[nodiscard]] bool needed_zone() const { return m_needed_zone; }

private:
    std::optional<ApiTime> time(const JsonValue& value);
    void reject_as(std::string_view member, const JsonValue& value, std::string_view expected);

    const TimeZone* m_zone;
    std::optional<MemberFault> m_fault;
    bool m_needed_zone = false;
};

/// `null`, `'abc'`, `an object`: a value for an error text.
std::string describe(const JsonValue& value);

} // namespace tidemark
