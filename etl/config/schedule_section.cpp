#include "config/schedule_section.hpp"

#include "config/sections.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

namespace tidemark {
namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 7> day_names = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

std::optional<minutes> parse_time_of_day(std::string_view text) {
    const auto is_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    if (!is_digit(0) || !is_digit(1) || !is_digit(3) || !is_digit(4)) return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 23 || minute > 59) return std::nullopt;
    return minutes{hour * 60 + minute};
}

/// 0 is Monday.
std::optional<std::size_t> parse_day(std::string_view text) {
    const auto* const found = std::ranges::find(day_names, text);
    if (found == day_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - day_names.begin());
}

/// `mon`, or `mon-fri`.
bool add_days(std::string_view text, std::bitset<7>& days) {
    const auto dash = std::min(text.find('-'), text.size());
    const auto first = parse_day(text.substr(0, dash));
    const auto last = dash == text.size() ? first : parse_day(text.substr(dash + 1));
    if (!first || !last) return false;
    for (std::size_t day = *first; day != *last; day = (day + 1) % day_names.size())
        days.set(day);
    days.set(*last);
    return true;
}

std::optional<std::bitset<7>> parse_days(std::string_view text) {
    std::bitset<7> days;
    for (;;) {
        const auto comma = std::min(text.find(','), text.size());
        if (!add_days(text.substr(0, comma), days)) return std::nullopt;
        if (comma == text.size()) return days;
        text.remove_prefix(comma + 1);
    }
}

GivenStart read_given_start(const Field& field) {
    const auto* text = std::get_if<std::string>(&field.value.content);
    if (text == nullptr)
        field.wrong_kind("a string such as '02:00' or 'mon-fri 02:00', or an array of them");
    const auto start = parse_given_start(*text);
    if (!start) {
        field.fail(fmt::format("'{}' must be a time of day such as '02:00', 'mon-fri 02:00' or "
                               "'sat,sun 05:30', not {}",
                               field.path, in_quotes(*text)));
    }
    return *start;
}

std::vector<GivenStart> read_given_starts(const Field& field) {
    const auto* list = std::get_if<ValueList>(&field.value.content);
    if (list == nullptr) return {read_given_start(field)};
    if (list->empty()) field.fail(fmt::format("'{}' must not be empty", field.path));
    std::vector<GivenStart> starts;
    for (const TomlValue& value : *list)
        starts.push_back(read_given_start({field.file, field.path, value}));
    return starts;
}

void read_schedule(const Field& table, Config& config) {
    for (const Member& member : read_named_members(table))
        config.schedule.by_job[member.key] = read_given_starts(table.at(member));
}

} // namespace

std::optional<GivenStart> parse_given_start(std::string_view text) {
    const std::string plain = lower_case(text);
    const auto space = plain.find(' ');
    const bool every_day = space == std::string::npos;
    const auto time = parse_time_of_day(every_day ? plain : plain.substr(space + 1));
    const auto days = every_day ? std::bitset<7>{}.set() : parse_days(plain.substr(0, space));
    if (!time || !days) return std::nullopt;
    return GivenStart{.weekdays = *days, .time = *time};
}

SectionKey<Config> schedule_key() { return {"schedule", read_schedule, {}}; }

} // namespace tidemark
