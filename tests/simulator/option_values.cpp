#include "simulator/option_values.hpp"

#include <charconv>

namespace simulator {
namespace {

/// Cuts off what stands before `mark`; the whole text when it is not there.
std::string_view cut(std::string_view& text, char mark) {
    const std::size_t at = text.find(mark);
    const std::string_view head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return head;
}

JobEvent read_job_event(std::string_view text) {
    JobEvent event;
    event.job = read_number(cut(text, '@'));
    if (!text.empty()) event.at = parse_moment(text);
    return event;
}

ExecutionEvent read_execution_event(std::string_view text) {
    ExecutionEvent event;
    event.job = read_number(cut(text, ':'));
    event.number = read_number(cut(text, '@'));
    if (!text.empty()) event.at = parse_moment(text);
    return event;
}

template <typename Item>
std::vector<Item> read_list(std::string_view text, Item (*read)(std::string_view)) {
    std::vector<Item> items;
    while (!text.empty())
        items.push_back(read(cut(text, ',')));
    return items;
}

} // namespace

std::uint64_t read_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw std::invalid_argument(fmt::format("'{}' is no number", text));
    }
    return value;
}

bool read_flag(std::string_view text) {
    return choose<bool>(text, {{"on", true},
                               {"off", false},
                               {"true", true},
                               {"false", false},
                               {"1", true},
                               {"0", false},
                               {"", true}});
}

unsigned read_percent(std::string_view text) {
    const std::uint64_t value = read_number(text);
    if (value > 100) throw std::invalid_argument(fmt::format("'{}' is more than 100 %", text));
    return static_cast<unsigned>(value);
}

std::chrono::minutes read_offset(std::string_view text) {
    const bool west = text.starts_with('-');
    // a plus sign in a query arrives as a blank
    if (west || text.starts_with('+') || text.starts_with(' ')) text.remove_prefix(1);
    const std::string_view hours = text.substr(0, 2);
    text.remove_prefix(hours.size());
    if (text.starts_with(':')) text.remove_prefix(1);
    const std::uint64_t minutes = read_number(hours) * 60 + (text.empty() ? 0 : read_number(text));
    const std::chrono::minutes offset{static_cast<std::int64_t>(minutes)};
    return west ? -offset : offset;
}

std::vector<JobEvent> read_job_events(std::string_view text) {
    return read_list(text, read_job_event);
}

std::vector<ExecutionEvent> read_execution_events(std::string_view text) {
    return read_list(text, read_execution_event);
}

} // namespace simulator
