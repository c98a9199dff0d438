#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace tidemark {
class ZoneRule;

/// The offsets of a time zone from UTC, from a compiled zone file (TZif, RFC 9636). After the last
/// change in the file, the file's rule applies to all later years.
class ZoneData {
public:
    /// nullopt when the content is no such file of version 2 or later.
    static std::optional<ZoneData> read(std::string_view file);

    [[nodiscard]] std::chrono::seconds offset_at(std::chrono::sys_seconds moment) const;

    /// The offset at a local time. For a local time that occurs twice it is the offset of the first
    /// occurrence, for one that the zone skips the offset before the gap.
    [[nodiscard]] std::chrono::seconds offset_of(std::chrono::local_seconds local) const;

private:
    /// Appends the changes of the rule after the last change of the file.
    void follow(const ZoneRule& rule);

    /// The index of the offset that applies at a moment.
    [[nodiscard]] std::size_t place_of(std::chrono::sys_seconds moment) const;

    std::vector<std::chrono::sys_seconds> m_changes;
    std::vector<std::chrono::seconds> m_offsets; ///< before the first change, and after each
    std::optional<std::chrono::sys_seconds> m_repeats_from; ///< every 400 years, by the rule
};

} // namespace tidemark
