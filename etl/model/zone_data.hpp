#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace tidemark {
class ZoneRule;

/// The offsets of a time zone from UTC, out of a compiled zone file (TZif, RFC 9636). After the
/// last change in the file its rule holds, however many years ahead.
class ZoneData {
public:
    /// nullopt for what is no such file of version 2 or later.
    static std::optional<ZoneData> read(std::string_view file);

    [[nodiscard]] std::chrono::seconds offset_at(std::chrono::sys_seconds moment) const;

    /// The offset that a local time has: of one that the zone has twice the first one's, of one
    /// that it skips the offset before the gap.
    [[nodiscard]] std::chrono::seconds offset_of(std::chrono::local_seconds local) const;

private:
    /// Appends what the rule says after the last change.
    void follow(const ZoneRule& rule);

    /// Which of the offsets holds at a moment.
    [[nodiscard]] std::size_t place_of(std::chrono::sys_seconds moment) const;

    std::vector<std::chrono::sys_seconds> m_changes;
    std::vector<std::chrono::seconds> m_offsets; ///< before the first change, and after each
    std::optional<std::chrono::sys_seconds> m_repeats_from; ///< every 400 years, by the rule
};

} // namespace tidemark
