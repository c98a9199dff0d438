#include "model/execution.hpp"

#include "model/id_order.hpp"

#include <xxhash.h>

#include <algorithm>
#include <tuple>

namespace tidemark {
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

std::uint64_t content_hash(const Execution& execution) {
    ContentHash hash;
    hash.guid(execution.id);
    hash.number(execution.state_code);
    hash.number(static_cast<std::int64_t>(execution.state));
    hash.guid(execution.trigger_id.value_or(Guid{}));
    hash.moment(execution.created_at);
    hash.number(execution.ended_at ? 1 : 0);
    hash.moment(execution.ended_at.value_or(Timestamp{}));
    hash.text(execution.extra);
    for (const Log& log : execution.logs) {
        hash.guid(log.id);
        hash.moment(log.logged_at);
        hash.number(log.severity);
        hash.number(log.message ? 1 : 0);
        hash.text(log.message ? std::string_view{*log.message} : std::string_view{});
        hash.text(log.extra);
    }
    return hash.digest();
}

bool has_repeated_ids(const std::vector<Log>& logs) {
    const auto ordered = in_id_order(logs);
    return std::adjacent_find(ordered.begin(), ordered.end(),
                              [](const Log* left, const Log* right) {
                                  return left->id == right->id;
                              }) != ordered.end();
}

void keep_last_of_each_id(std::vector<Log>& logs) {
    const auto same_id = [](const Log& left, const Log& right) { return left.id == right.id; };
    std::stable_sort(logs.begin(), logs.end(),
                     [](const Log& left, const Log& right) { return left.id < right.id; });
    // of the lines with one id the last one stays, which is the first seen from behind
    logs.erase(logs.begin(), std::unique(logs.rbegin(), logs.rend(), same_id).base());
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
    for (const State state : {State::none, State::running, State::completed, State::failed}) {
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

bool log_order(const Log& left, const Log& right) {
    return std::tie(left.logged_at, left.id) < std::tie(right.logged_at, right.id);
}

void normalize(Execution& execution) {
    auto& logs = execution.logs;
    if (has_repeated_ids(logs)) keep_last_of_each_id(logs);
    if (!std::is_sorted(logs.begin(), logs.end(), log_order))
        std::sort(logs.begin(), logs.end(), log_order);
    execution.content_hash = content_hash(execution);
}

} // namespace tidemark
