#include "model/execution.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace tidemark {
bool RejectionTally::admit(std::uint64_t content_hash) {
    if (holds(content_hash)) return false;
    if (m_kept.size() < m_most_kept) return m_kept.insert(content_hash).second;
    ++m_beyond;
    m_beyond_sum += content_hash;
    return false;
}

void RejectionTally::add_beyond(const RejectionTally& other) {
    m_beyond += other.m_beyond;
    m_beyond_sum += other.m_beyond_sum;
}

std::optional<std::string> RejectionTally::beyond_digest() const {
    if (m_beyond == 0) return std::nullopt;
    return fmt::format("{} {:016x}", m_beyond, m_beyond_sum);
}

namespace {

/// A running hash over values, each hashed on top of what came before. XXH3 mixes the length in, so
/// neighbours cannot blur.
class ContentHash {
public:
    void bytes(const void* data, std::size_t size) {
        m_hash = XXH3_64bits_withSeed(data, size, m_hash);
    }
    void number(std::int64_t value) { bytes(&value, sizeof value); }
    void text(std::string_view value) { bytes(value.data(), value.size()); }
    void guid(const Guid& value) { bytes(value.bytes.data(), value.bytes.size()); }
    void moment(Timestamp value) { number(value.time_since_epoch().count()); }
    [[nodiscard]] std::uint64_t digest() const { return m_hash; }

private:
    std::uint64_t m_hash = 0;
};

/// The same for the same lines, in whatever order they came: a source may return the lines of one
/// moment in another order every time, which is no change.
std::vector<const Log*> by_time_and_id(const std::vector<Log>& logs) {
    std::vector<const Log*> ordered;
    ordered.reserve(logs.size());
    for (const Log& log : logs)
        ordered.push_back(&log);
    const auto before = [](const Log* left, const Log* right) {
        return std::tie(left->logged_at, left->id) < std::tie(right->logged_at, right->id);
    };
    if (!std::is_sorted(ordered.begin(), ordered.end(), before))
        std::sort(ordered.begin(), ordered.end(), before);
    return ordered;
}

std::uint64_t content_hash(const Execution& execution, State state) {
    ContentHash hash;
    hash.guid(execution.id);
    hash.number(execution.state_code);
    hash.number(static_cast<std::int64_t>(state));
    hash.guid(execution.trigger_id.value_or(Guid{}));
    hash.moment(execution.created_at);
    hash.number(execution.ended_at ? 1 : 0);
    hash.moment(execution.ended_at.value_or(Timestamp{}));
    hash.text(execution.extra);
    for (const Log* log : by_time_and_id(execution.logs)) {
        hash.guid(log->id);
        hash.moment(log->logged_at);
        hash.number(log->severity);
        hash.number(log->message ? 1 : 0);
        hash.text(log->message ? std::string_view{*log->message} : std::string_view{});
        hash.text(log->extra);
    }
    return hash.digest();
}

/// The lines that another one with the same id replaces: a later one, or of one moment the one that
/// stands behind it in the log. In the order of the log.
std::vector<const Log*> repeated_lines(const std::vector<Log>& logs) {
    std::vector<const Log*> repeated;
    const Log* best = nullptr;
    for (const Log* log : in_id_order(logs)) {
        if (best == nullptr || best->id != log->id) {
            best = log;
        } else {
            const bool is_replaced = best->logged_at <= log->logged_at;
            repeated.push_back(is_replaced ? best : log);
            if (is_replaced) best = log;
        }
    }
    std::sort(repeated.begin(), repeated.end());
    return repeated;
}

void keep_one_of_each_id(std::vector<Log>& logs) {
    const auto repeated = repeated_lines(logs);
    if (repeated.empty()) return;
    std::vector<Log> kept;
    kept.reserve(logs.size() - repeated.size());
    auto next = repeated.begin();
    for (Log& log : logs) {
        if (next != repeated.end() && *next == &log)
            ++next;
        else
            kept.push_back(std::move(log));
    }
    logs = std::move(kept);
}

} // namespace

std::string_view to_text(State state) {
    switch (state) {
    case State::none: return "none";
    case State::running: return "running";
    case State::completed: return "completed";
    case State::failed: return "failed";
    case State::unknown: break;
    }
    return "unknown";
}

State state_from_text(std::string_view text) {
    for (const State state : all_states) {
        if (to_text(state) == text) return state;
    }
    return State::unknown;
}

State StateMap::state_of(std::int64_t code) const {
    if (code == none) return State::none;
    if (code == running) return State::running;
    if (code == completed) return State::completed;
    if (code == failed) return State::failed;
    return State::unknown;
}

void mark_implausible_moments(Execution& execution, Timestamp latest) {
    const auto is_later = [&](const Log& log) { return log.logged_at > latest; };
    const bool doubtful = execution.created_at > latest ||
                          execution.ended_at.value_or(latest) > latest ||
                          std::any_of(execution.logs.begin(), execution.logs.end(), is_later);
    execution.doubtful_after = doubtful ? std::optional{latest} : std::nullopt;
}

std::int64_t time_trend(const std::vector<Log>& logs) {
    std::int64_t trend = 0;
    for (std::size_t i = 1; i < logs.size(); ++i) {
        if (logs[i - 1].logged_at < logs[i].logged_at) ++trend;
        if (logs[i - 1].logged_at > logs[i].logged_at) --trend;
    }
    return trend;
}

void order_lines(std::vector<Log>& logs) {
    const auto earlier = [](const Log& left, const Log& right) {
        return left.logged_at < right.logged_at;
    };
    if (!std::is_sorted(logs.begin(), logs.end(), earlier))
        std::stable_sort(logs.begin(), logs.end(), earlier);
    std::int64_t number = 0;
    for (Log& log : logs)
        log.line_number = ++number;
}

void reverse_ties(Execution& execution) {
    std::reverse(execution.logs.begin(), execution.logs.end());
    order_lines(execution.logs);
}

std::uint64_t earlier_content_hash(const Execution& execution) {
    return content_hash(execution, execution.state);
}

void normalize(Execution& execution) {
    auto& logs = execution.logs;
    if (time_trend(logs) < 0) std::reverse(logs.begin(), logs.end());
    keep_one_of_each_id(logs);
    order_lines(logs);
    // the code once more, as the default codes have it, so that hashes of earlier versions hold
    execution.content_hash = content_hash(execution, StateMap{}.state_of(execution.state_code));
}

namespace {

/// What is sorted in a line's place: a line is large, and most ids differ in their first half.
struct Place {
    std::uint64_t id_beginning;
    const Log* log;

    bool operator<(const Place& other) const {
        if (id_beginning != other.id_beginning) return id_beginning < other.id_beginning;
        return std::tie(log->id, log) < std::tie(other.log->id, other.log);
    }
};

std::uint64_t beginning(const Guid& id) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = number << 8U | id.bytes[i];
    return number;
}

} // namespace

std::vector<const Log*> in_id_order(const std::vector<Log>& logs) {
    std::vector<Place> places;
    places.reserve(logs.size());
    for (const Log& log : logs)
        places.push_back({beginning(log.id), &log});
    std::sort(places.begin(), places.end());
    std::vector<const Log*> ordered;
    ordered.reserve(logs.size());
    for (const Place& place : places)
        ordered.push_back(place.log);
    return ordered;
}

} // namespace tidemark
