#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What the floor makes of the messages of an execution's log.
namespace tidemark::bench {

/// `2026-10-09T03:00:00.5` in the form in which the warehouse keeps it.
class Moment {
public:
    Moment() = default;
    explicit Moment(std::string_view text) {
        text.copy(m_text.data(), m_text.size());
        m_text[10] = ' ';
    }
    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_text.size()}; }
    [[nodiscard]] std::string_view day() const { return view().substr(0, 10); }

private:
    std::array<char, 26> m_text{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', ' ', '0', '0',
                                ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', '0', '0', '0'};
};

/// The words of the simulator about a task, read without a pattern.
struct Mention {
    std::string_view task; ///< "" when the message is about none
    std::string_view outcome;
    std::string_view detail; ///< rows, or an error
};

inline Mention mention_in(std::string_view message) {
    constexpr std::string_view executing = "Executing transfer task '";
    constexpr std::string_view loaded = "Transfer task '";
    const bool starts = message.starts_with(executing);
    if (!starts && !message.starts_with(loaded)) return {};
    const std::string_view rest = message.substr(starts ? executing.size() : loaded.size());
    const std::size_t end = rest.find('\'');
    if (end == std::string_view::npos) return {};
    const std::string_view task = rest.substr(0, end);
    if (starts) return {task, "started", {}};
    constexpr std::string_view completed = "' completed, ";
    constexpr std::string_view failed = "' failed with error: ";
    if (rest.substr(end).starts_with(completed))
        return {task, "succeeded", rest.substr(end + completed.size())};
    if (rest.substr(end).starts_with(failed))
        return {task, "failed", rest.substr(end + failed.size())};
    return {};
}

struct Run {
    std::optional<Moment> started;
    std::optional<Moment> ended;
    std::string_view outcome;
    std::string_view detail;
    std::int64_t attempts = 0;

    void hear(const Mention& mention, const Moment& moment) {
        outcome = mention.outcome;
        detail = mention.detail;
        if (outcome != "started") {
            ended = moment;
            return;
        }
        started = moment;
        ++attempts;
    }
};

/// A kind of message, or what one job logged of it.
struct Shape {
    std::string example;
    std::string mask;
    Moment first;
    Moment last;
    std::int64_t lines = 0;
    std::int64_t execution_key = 0;

    void add(const Moment& moment) {
        ++lines;
        if (moment.view() < first.view()) first = moment;
        if (moment.view() > last.view()) last = moment;
    }
};

inline std::string_view mask_of(std::string_view message) {
    return message.substr(0, message.find_first_of("0123456789'"));
}

} // namespace tidemark::bench
