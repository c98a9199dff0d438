#include "model/zone_data.hpp"

#include "model/zone_rule.hpp"

#include <algorithm>
#include <cstdint>

namespace tidemark {
namespace {

using namespace std::chrono;

/// In so many days the Gregorian calendar repeats, its days of the week included.
constexpr days four_centuries{146'097};

/// Takes numbers off the front of a file, the highest byte first. Past its end they are 0, and the
/// file is broken.
class Bytes {
public:
    explicit Bytes(std::string_view rest) : m_rest(rest) {}

    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const char c : text(size))
            value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }

    std::string_view text(std::size_t size) {
        m_broken = m_broken || size > m_rest.size();
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(taken.size());
        return taken;
    }

    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] bool broken() const { return m_broken; }

private:
    std::string_view m_rest;
    bool m_broken = false;
};

/// How many of each thing follow.
struct Counts {
    std::size_t ut = 0, standard = 0, leap = 0, times = 0, types = 0, letters = 0;

    [[nodiscard]] std::size_t size(std::size_t time_size) const {
        return times * (time_size + 1) + types * 6 + letters + leap * (time_size + 4) + standard +
               ut;
    }
};

/// nullopt for what is no part of a zone file of version 2 or later.
std::optional<Counts> read_counts(Bytes& bytes) {
    if (bytes.text(4) != "TZif" || bytes.text(1) < "2") return std::nullopt;
    bytes.text(15);
    Counts counts;
    for (std::size_t Counts::*count : {&Counts::ut, &Counts::standard, &Counts::leap,
                                       &Counts::times, &Counts::types, &Counts::letters})
        counts.*count = static_cast<std::size_t>(bytes.number(4));
    return bytes.broken() || counts.types == 0 ? std::nullopt : std::optional{counts};
}

std::vector<seconds> read_offsets(Bytes& bytes, std::size_t types) {
    std::vector<seconds> offsets;
    for (std::size_t i = 0; i < types; ++i) {
        offsets.emplace_back(static_cast<std::int32_t>(bytes.number(4)));
        bytes.text(2); // whether it is summer time, and its letters
    }
    return offsets;
}

/// What stands between the two line ends of a file's last line; nullopt when it is not there.
std::optional<std::string_view> last_line(std::string_view rest) {
    if (rest.size() < 2 || !rest.starts_with('\n') || !rest.ends_with('\n')) return std::nullopt;
    return rest.substr(1, rest.size() - 2);
}

/// A moment, or an earlier one at which the rule says the same.
template <typename Moment>
Moment folded(Moment moment, const std::optional<sys_seconds>& repeats_from) {
    if (!repeats_from) return moment;
    const auto since = moment.time_since_epoch() - repeats_from->time_since_epoch();
    const auto times = since < four_centuries ? 0 : since / four_centuries;
    return moment - times * four_centuries;
}

} // namespace

std::optional<ZoneData> ZoneData::read(std::string_view file) {
    Bytes bytes{file};
    const auto old_part = read_counts(bytes); // in 32 bits, for old readers
    if (!old_part) return std::nullopt;
    bytes.text(old_part->size(4));
    const auto counts = read_counts(bytes);
    if (!counts || counts->size(8) > bytes.rest().size()) return std::nullopt;

    ZoneData zone;
    for (std::size_t i = 0; i < counts->times; ++i)
        zone.m_changes.emplace_back(seconds{static_cast<std::int64_t>(bytes.number(8))});
    const std::string_view types = bytes.text(counts->times);
    const std::vector<seconds> offsets = read_offsets(bytes, counts->types);
    zone.m_offsets.push_back(offsets.front());
    for (const char type : types) {
        const auto place = static_cast<unsigned char>(type);
        if (place >= offsets.size()) return std::nullopt;
        zone.m_offsets.push_back(offsets[place]);
    }
    bytes.text(counts->letters + counts->leap * 12 + counts->standard + counts->ut);

    const auto line = last_line(bytes.rest());
    if (!line || !std::ranges::is_sorted(zone.m_changes)) return std::nullopt;
    if (line->empty()) return zone;
    const auto rule = ZoneRule::read(*line);
    if (!rule) return std::nullopt;
    zone.follow(*rule);
    return zone;
}

void ZoneData::follow(const ZoneRule& rule) {
    constexpr sys_seconds earliest{sys_days{year{1900} / 1 / 1}};
    constexpr days settled{800}; // all is the rule's by then
    const sys_seconds last = m_changes.empty() ? earliest : m_changes.back();
    const sys_seconds until = last + settled + four_centuries + days{2};
    const year first = year_month_day{floor<days>(last)}.year();
    for (year in = first; sys_days{in / 1 / 1} < until; ++in) {
        for (const ZoneRule::Change& change : rule.changes_in(in)) {
            if (change.at <= last) continue;
            m_changes.push_back(change.at);
            m_offsets.push_back(change.offset);
        }
    }
    m_repeats_from = last + settled;
}

std::size_t ZoneData::place_of(sys_seconds moment) const {
    const auto next = std::ranges::upper_bound(m_changes, moment);
    return static_cast<std::size_t>(next - m_changes.begin());
}

seconds ZoneData::offset_at(sys_seconds moment) const {
    return m_offsets[place_of(folded(moment, m_repeats_from))];
}

seconds ZoneData::offset_of(local_seconds local) const {
    constexpr hours largest_offset{26};
    const auto count = folded(local, m_repeats_from).time_since_epoch();
    std::size_t place = place_of(sys_seconds{count - largest_offset});
    for (; place < m_changes.size(); ++place) {
        const seconds before = m_offsets[place];
        const seconds after = m_offsets[place + 1];
        const sys_seconds change = m_changes[place];
        if (sys_seconds{count - before} < change || sys_seconds{count - after} < change)
            return before;
    }
    return m_offsets[place];
}

} // namespace tidemark
