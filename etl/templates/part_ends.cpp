#include "templates/part_ends.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

using bytes::at;
using bytes::end_of;
using bytes::is;

std::size_t digits_at(std::string_view text, std::size_t place) {
    return end_of(text, place, bytes::digit) - place;
}

/// In brackets or quotes. Without a limit a message full of quotes that do not close would take
/// long.
constexpr std::size_t longest_name = 256;

constexpr std::size_t longest_host = 100;

/// Of an IPv6 address.
constexpr std::size_t most_groups = 8;

bool ends_word(std::string_view text, std::size_t place) {
    return !is(at(text, place), bytes::word);
}

/// `+02:00`, `-0500`, `Z`, ` AM`: behind a time of day.
std::size_t end_of_zone(std::string_view text, std::size_t place) {
    const char c = at(text, place);
    if (c == 'Z' && ends_word(text, place + 1)) return place + 1;
    if (c == '+' || c == '-') {
        if (digits_at(text, place + 1) == 4) return place + 5;
        const bool colon = at(text, place + 3) == ':' && digits_at(text, place + 4) == 2;
        if (digits_at(text, place + 1) == 2 && colon) return place + 6;
    }
    const std::size_t half = c == ' ' ? place + 1 : place;
    const char letter = at(text, half);
    const bool is_half = letter == 'A' || letter == 'P' || letter == 'a' || letter == 'p';
    const char m = at(text, half + 1);
    if (is_half && (m == 'M' || m == 'm') && ends_word(text, half + 2)) return half + 2;
    return place;
}

/// Hours, minutes, perhaps seconds and their fraction.
std::size_t end_of_clock(std::string_view text, std::size_t place) {
    const std::size_t hours = digits_at(text, place);
    std::size_t end = place + hours;
    if (hours == 0 || hours > 4 || at(text, end) != ':' || digits_at(text, end + 1) != 2)
        return place;
    end += 3;
    if (at(text, end) == ':' && digits_at(text, end + 1) == 2) {
        end += 3;
        const char point = at(text, end);
        if ((point == '.' || point == ',') && is(at(text, end + 1), bytes::digit))
            end = end_of(text, end + 1, bytes::digit);
    } else if (hours > 2) {
        return place;
    }
    end = end_of_zone(text, end);
    const bool goes_on = at(text, end) == ':' && is(at(text, end + 1), bytes::hex);
    return ends_word(text, end) && !goes_on ? end : place;
}

std::size_t end_of_date(std::string_view text, std::size_t place) {
    const std::size_t first = digits_at(text, place);
    const char separator = at(text, place + first);
    if (separator != '-' && separator != '/' && separator != '.') return place;
    const std::size_t second_at = place + first + 1;
    const std::size_t second = digits_at(text, second_at);
    if (second == 0 || second > 2 || at(text, second_at + second) != separator) return place;
    const std::size_t third_at = second_at + second + 1;
    const std::size_t third = digits_at(text, third_at);
    const bool year_first = first == 4 && (third == 1 || third == 2);
    const bool year_last = first <= 2 && (third == 4 || (third == 2 && separator == '/'));
    const std::size_t end = third_at + third;
    const bool goes_on = at(text, end) == separator && is(at(text, end + 1), bytes::digit);
    return (year_first || year_last) && !goes_on ? end : place;
}

/// Where a part that reaches to `stop` ends without the punctuation of its sentence.
std::size_t without_punctuation(std::string_view text, std::size_t from, std::size_t stop) {
    constexpr std::string_view punctuation = ".,;:!?";
    while (stop > from + 1 && punctuation.find(text[stop - 1]) != std::string_view::npos)
        --stop;
    return stop;
}

std::size_t end_before(std::string_view text, std::size_t place, std::string_view stops) {
    while (place < text.size() && !is(text[place], bytes::space) &&
           stops.find(text[place]) == std::string_view::npos)
        ++place;
    return place;
}

constexpr std::string_view ends_path = "\"'<>|*?:,;()[]{}=";

/// The characters of UTF-8 that open a quotation, and those that close it.
struct QuoteMarks {
    std::string_view open;
    std::string_view close;
};
constexpr std::array quote_marks{
    QuoteMarks{"'", "'"},
    QuoteMarks{"\"", "\""},
    QuoteMarks{"`", "`"},
    QuoteMarks{"\xC2\xAB", "\xC2\xBB"},         // « »
    QuoteMarks{"\xC2\xBB", "\xC2\xAB"},         // » «
    QuoteMarks{"\xE2\x80\x9C", "\xE2\x80\x9D"}, // “ ”
    QuoteMarks{"\xE2\x80\x9E", "\xE2\x80\x9C"}, // „ “
    QuoteMarks{"\xE2\x80\x98", "\xE2\x80\x99"}, // ‘ ’
    QuoteMarks{"\xE2\x80\x9A", "\xE2\x80\x98"}, // ‚ ‘
};

bool holds_path(std::string_view quoted) {
    const std::size_t slash = quoted.find(" /");
    return slash != std::string_view::npos && is(at(quoted, slash + 2), bytes::word);
}

std::size_t end_of_quotation(std::string_view text, std::size_t place, const QuoteMarks& marks) {
    const std::string_view close = marks.close;
    std::size_t end = place + marks.open.size();
    if (is(at(text, end), bytes::space)) return place;
    text = text.substr(0, std::min(end + longest_name, text.find('\n', end)));
    while ((end = text.find(close, end)) != std::string_view::npos) {
        const std::size_t after = end + close.size();
        const bool doubled =
            text.substr(after).starts_with(close) && !ends_word(text, after + close.size());
        const bool behind_space = is(text[end - 1], bytes::space);
        if (!doubled && ends_word(text, after) && !behind_space)
            return holds_path(text.substr(place, end - place)) ? place : after;
        if (behind_space) return place; // another one opens: this one is alone
        end = doubled ? after + close.size() : after;
    }
    return place;
}

/// A no-break space, a thin space or a typographic apostrophe between groups of digits.
std::size_t size_of_wide_separator(std::string_view text, std::size_t place) {
    const std::string_view rest = text.substr(std::min(place, text.size()));
    if (rest.starts_with("\xC2\xA0")) return 2;
    for (const std::string_view wide : {"\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99"}) {
        if (rest.starts_with(wide)) return wide.size();
    }
    return 0;
}

/// The size of what separates two groups of digits of one number; 0 when nothing does.
std::size_t size_of_separator(std::string_view text, std::size_t place, bool three_before) {
    const char c = at(text, place);
    if (c == '.' || c == ',' || c == '\'') return is(at(text, place + 1), bytes::digit) ? 1 : 0;
    const std::size_t size = c == ' ' ? 1 : size_of_wide_separator(text, place);
    const bool group = size != 0 && three_before && digits_at(text, place + size) == 3 &&
                       ends_word(text, place + size + 3);
    return group ? size : 0;
}

} // namespace

std::size_t end_of_guid(std::string_view text, std::size_t place) {
    constexpr std::size_t length = 36;
    if (text.size() < place + length || text[place + 8] != '-') return place;
    for (std::size_t i = 0; i < length; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[place + i];
        if (dash ? c != '-' : !is(c, bytes::hex)) return place;
    }
    return ends_word(text, place + length) ? place + length : place;
}

std::size_t end_of_time(std::string_view text, std::size_t place) {
    const std::size_t date_end = end_of_date(text, place);
    if (date_end != place) {
        const char between = at(text, date_end);
        const bool joined = between == ' ' || between == 'T' || between == '_' || between == ':';
        const std::size_t clock = joined ? end_of_clock(text, date_end + 1) : date_end + 1;
        if (joined && clock != date_end + 1) return clock;
        return ends_word(text, date_end) ? date_end : place;
    }
    const std::size_t clock_end = end_of_clock(text, place);
    if (clock_end != place) return clock_end;
    const std::size_t days = digits_at(text, place);
    const std::size_t after_days = place + days + 1;
    if (days == 0 || at(text, place + days) != '.') return place;
    const std::size_t end = end_of_clock(text, after_days);
    return end != after_days && end - after_days >= 8 ? end : place;
}

std::size_t end_of_number(std::string_view text, std::size_t place) {
    std::size_t end = end_of(text, place, bytes::digit);
    if (text[place] == '0' && (at(text, end) == 'x' || at(text, end) == 'X') &&
        is(at(text, end + 1), bytes::hex) && end == place + 1)
        return end_of(text, end + 1, bytes::hex);
    std::size_t points = 0;
    bool short_groups = end - place <= 3;
    while (const std::size_t separator = size_of_separator(text, end, short_groups)) {
        if (text[end] == '.') ++points;
        const std::size_t group_end = end_of(text, end + separator, bytes::digit);
        short_groups = short_groups && group_end - end - separator == 3;
        end = group_end;
    }
    const std::size_t port = end + 1;
    if (points == 3 && at(text, end) == ':') return end_of(text, port, bytes::digit);
    if (at(text, end) != 'e' && at(text, end) != 'E') return end;
    const bool sign = at(text, end + 1) == '+' || at(text, end + 1) == '-';
    const std::size_t exponent = end + (sign ? 2 : 1);
    const std::size_t exponent_end = end_of(text, exponent, bytes::digit);
    return exponent_end != exponent && ends_word(text, exponent_end) ? exponent_end : end;
}

std::size_t end_of_address(std::string_view text, std::size_t place) {
    std::size_t groups = 0;
    std::size_t end = place;
    for (;;) {
        const std::size_t group_end = end_of(text, end, bytes::hex);
        const bool empty = group_end == end;
        if (group_end - end > 4 || (empty && (end == place || at(text, end) != ':'))) break;
        if (++groups > most_groups) return place;
        end = group_end;
        if (at(text, end) != ':') break;
        ++end;
    }
    return groups >= 4 && ends_word(text, end) ? end : place;
}

std::size_t end_of_host(std::string_view text, std::size_t place) {
    bool dotted = false;
    std::size_t end = place;
    while (end < place + longest_host) {
        end = end_of(text, end, bytes::word);
        const char joint = at(text, end);
        if ((joint != '.' && joint != '-') || !is(at(text, end + 1), bytes::word)) break;
        dotted = dotted || joint == '.';
        ++end;
    }
    if (!dotted || at(text, end) != ':') return place;
    const std::size_t port_end = end_of(text, end + 1, bytes::digit);
    const bool has_port = port_end != end + 1 && ends_word(text, port_end);
    return has_port && at(text, port_end) != ':' ? port_end : place;
}

std::size_t end_of_quoted(std::string_view text, std::size_t place) {
    for (const QuoteMarks& marks : quote_marks) {
        if (text.substr(place, marks.open.size()) == marks.open)
            return end_of_quotation(text, place, marks);
    }
    return place;
}

std::size_t end_of_bracketed(std::string_view text, std::size_t place) {
    std::size_t names = 0;
    std::size_t end = place;
    while (at(text, end) == '[') {
        std::size_t close = end + 1;
        while (close < text.size() && close < end + longest_name && text[close] != ']' &&
               text[close] != '[' && text[close] != '\n')
            ++close;
        if (at(text, close) != ']') return place;
        ++names;
        const bool more = at(text, close + 1) == '.' && at(text, close + 2) == '[';
        end = close + (more ? 2 : 1);
        if (!more) break;
    }
    return names >= 2 ? end : place;
}

std::size_t end_of_windows_path(std::string_view text, std::size_t place, std::size_t word_end) {
    const char next = at(text, word_end);
    const bool drive = word_end == place + 1 && next == ':' &&
                       (at(text, word_end + 1) == '\\' || at(text, word_end + 1) == '/');
    const bool share = word_end == place && next == '\\' && at(text, place + 1) == '\\';
    const bool joined = word_end > place && next == '\\' && is(at(text, word_end + 1), bytes::word);
    if (!drive && !share && !joined) return place;
    std::size_t end = end_before(text, drive ? word_end + 1 : word_end, ends_path);
    while (!joined && at(text, end) == ' ') {
        const std::size_t piece_end = end_before(text, end + 1, ends_path);
        const std::string_view piece = text.substr(end + 1, piece_end - end - 1);
        if (piece.starts_with('\\') || piece.find('\\') == std::string_view::npos) break;
        end = piece_end;
    }
    return without_punctuation(text, place, end);
}

std::size_t end_of_unix_path(std::string_view text, std::size_t place) {
    if (!is(at(text, place + 1), bytes::word) && at(text, place + 1) != '.') return place;
    std::size_t end = end_before(text, place, ends_path);
    if (at(text, end) == ':' && is(at(text, end + 1), bytes::digit))
        end = end_of(text, end + 1, bytes::digit);
    return without_punctuation(text, place, end);
}

std::size_t end_of_url(std::string_view text, std::size_t place, std::size_t word_end) {
    if (!text.substr(word_end).starts_with("://")) return place;
    return without_punctuation(text, place, end_before(text, word_end + 3, "\"'<>`)]}"));
}

Unit unit_of(std::string_view word) {
    constexpr std::array times{"ms",  "s",    "us",  "ns",   "m",   "h",        "d",
                               "sec", "secs", "min", "mins", "hrs", "\xC2\xB5s"};
    constexpr std::array sizes{"B",   "b",   "kB",  "KB", "MB", "GB", "TB",
                               "KiB", "MiB", "GiB", "k",  "K",  "M",  "G"};
    if (std::find(times.begin(), times.end(), word) != times.end()) return Unit::time;
    if (std::find(sizes.begin(), sizes.end(), word) != sizes.end()) return Unit::size;
    return Unit::none;
}

Unit spaced_unit_of(std::string_view word) {
    constexpr std::array times{"ms",   "sec",    "secs",    "second", "seconds", "min",
                               "mins", "minute", "minutes", "hour",   "hours",   "hrs"};
    constexpr std::array sizes{"B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB"};
    if (std::find(times.begin(), times.end(), word) != times.end()) return Unit::time;
    if (std::find(sizes.begin(), sizes.end(), word) != sizes.end()) return Unit::size;
    return Unit::none;
}

} // namespace tidemark
