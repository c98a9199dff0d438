#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// A timestamp of the API.
struct ApiTime {
    std::optional<Timestamp> moment; ///< null for "no time"
    bool by_zone = false;            ///< it has neither `Z` nor an offset, so the zone was applied
};

/// Reads ISO 8601 as .NET writes it: 0 to 9 fraction digits (cut off after six), `T` or a space,
/// then `Z`, an offset (`+02:00`, `+0200`, `+02`) or nothing; without both, the time is in `zone`.
/// The first and the last day of the years 1 to 9999 mean "no time": they are MinValue and MaxValue
/// of .NET in any zone. Returns nullopt for anything else, impossible dates included.
std::optional<ApiTime> parse_api_time(std::string_view text, const TimeZone& zone);

/// The value of a member. The view points into the buffers of the parser.
struct JsonValue {
    enum class Kind {
        missing,
        null,
        boolean,
        number,
        string,
        broken_string, ///< contains an unpaired surrogate: valid JSON, to be repaired
        container
    };
    Kind kind = Kind::missing;
    std::string_view text; ///< of a string its content, unescaped; of others how they are written,
                           ///< of a broken one without its quotes
};

/// The reason why a record cannot be loaded.
struct MemberFault {
    std::string member; ///< "" for the record as a whole
    std::string reason; ///< one line with the name of the member
};

/// Reads the members of one record by type and keeps the first fault. The value that it returns for
/// a faulty member is meaningless.
class RecordReader {
public:
    /// `zone` is the zone of timestamps without one; it must outlive the reader.
    explicit RecordReader(const TimeZone& zone) : m_zone(&zone) {}

    Guid guid(std::string_view member, const JsonValue& value);

    /// A guid that identifies something, so not the nil guid.
    Guid id(std::string_view member, const JsonValue& value);

    /// nullopt for the nil guid, null or a missing member.
    std::optional<Guid> optional_guid(std::string_view member, const JsonValue& value);

    /// "No time" of .NET is a fault.
    Timestamp moment(std::string_view member, const JsonValue& value);

    /// nullopt for "no time" of .NET, null or a missing member.
    std::optional<Timestamp> optional_moment(std::string_view member, const JsonValue& value);

    std::int64_t integer(std::string_view member, const JsonValue& value);

    /// Valid UTF-8 without NUL; U+FFFD replaces both. nullopt for null or a missing member.
    std::optional<std::string> optional_text(std::string_view member, const JsonValue& value);

    /// Anything but an array, null or a missing member is a fault.
    void expect_array(std::string_view member, const JsonValue& value);

    /// Keeps this fault unless there is one already.
    void reject(std::string_view member, std::string reason);

    [[nodiscard]] const std::optional<MemberFault>& fault() const { return m_fault; }

    /// Whether a timestamp without a zone was read.
    [[nodiscard]] bool needed_zone() const { return m_needed_zone; }

private:
    std::optional<ApiTime> time(const JsonValue& value);
    void reject_as(std::string_view member, const JsonValue& value, std::string_view expected);

    const TimeZone* m_zone;
    std::optional<MemberFault> m_fault;
    bool m_needed_zone = false;
};

/// A value for an error text: `null`, `'abc'`, `an object`.
std::string describe(const JsonValue& value);

} // namespace tidemark
