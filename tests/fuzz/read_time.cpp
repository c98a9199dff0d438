#include "fuzz/targets.hpp"
#include "parse/record_reader.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <sstream>

namespace tidemark::fuzz {
namespace {

using std::chrono::microseconds;

/// The same time in the one form that the date library reads: six digits, an offset of four.
std::string in_one_form(std::string_view text) {
    std::string form{text.substr(0, 19)};
    form[10] = 'T';
    std::string_view rest = text.substr(19);
    std::string fraction = ".";
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        fraction += rest.substr(0, std::min<std::size_t>(digits, 6));
        rest.remove_prefix(digits);
    }
    fraction.resize(7, '0');
    std::string offset;
    for (const char c : rest) {
        if (c != ':') offset += c;
    }
    if (offset.empty() || offset == "Z" || offset == "z") offset = "+0000";
    if (offset.size() == 3) offset += "00";
    return form + fraction + offset;
}

std::optional<Timestamp> read_by_date(const std::string& text) {
    std::istringstream in(text);
    date::sys_time<microseconds> moment;
    in >> date::parse("%FT%T%z", moment);
    if (in.fail()) return std::nullopt;
    return Timestamp{moment.time_since_epoch()};
}

std::uint32_t number_at(std::string_view input, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        number = number << 8U | (i < input.size() ? static_cast<unsigned char>(input[i]) : 0U);
    return number;
}

/// A moment of the years 2 to 9998, written with one of the endings: it has to be read as itself.
void require_written_is_read(std::string_view input) {
    constexpr std::int64_t first = -62'104'060'800; // 0002-01-01
    constexpr std::int64_t span = 315'474'220'800;  // to 9998-12-31
    const std::int64_t seconds = first + static_cast<std::int64_t>(number_at(input, 0)) * 73 % span;
    const microseconds fraction{number_at(input, 4) % 1'000'000};
    const auto offset = std::chrono::minutes{static_cast<int>(number_at(input, 8) % 2161) - 1080};
    const Timestamp moment{std::chrono::seconds{seconds} + fraction};
    const date::sys_time<microseconds> local{moment.time_since_epoch() + offset};
    const auto minutes = std::abs(offset.count());
    const std::string text =
        date::format("%FT%T", local) +
        fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
    const auto read = parse_api_time(text, {});
    require(read && read->moment == moment, "a time that date writes is read: " + text);
    require(timestamp_from_text(to_text(moment)) == moment, "a stored time is read as it was");
}

} // namespace

void read_time(std::string_view input) {
    require_written_is_read(input);
    const auto read = parse_api_time(input, {});
    if (!read || !read->moment) return;
    require(read_by_date(in_one_form(input)) == read->moment,
            "a time is the moment that date reads: " + std::string{input});
    require(to_text(*read->moment).size() == 26, "a stored time has 26 characters");
}

} // namespace tidemark::fuzz
