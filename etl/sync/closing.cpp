#include "sync/closing.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {

bool is_order_broken(const JobPlan& plan, const BodySummary& body) {
    return plan.stop && body.order && body.order != BodyOrder::newest_first;
}

bool was_read(const JobEnd& end) {
    return !end.error && end.body.reading != BodyReading::unchanged;
}

std::map<Key, ClosedBody> close_bodies(Warehouse& warehouse, const std::vector<JobEnd>& ends,
                                       const std::map<Key, const JobPlan*>& plans,
                                       Timestamp sync_started_at,
                                       std::chrono::seconds abandoned_after) {
    std::vector<const JobEnd*> read;
    std::vector<Key> keys;
    std::vector<CreationLimit> limits;
    for (const JobEnd& end : ends) {
        if (!was_read(end)) continue;
        const Timestamp after_now = plans.at(end.job_key)->now + Timestamp::duration{1};
        read.push_back(&end);
        keys.push_back(end.job_key);
        limits.push_back({.job_key = end.job_key, .before = after_now});
    }
    auto stored = warehouse.histories(keys);
    const auto read_through = warehouse.newest_created(limits);
    std::vector<Conclusion> conclusions;
    for (std::size_t i = 0; i < read.size(); ++i) {
        stored[i].newest_created_at = read_through[i];
        conclusions.push_back(conclude(plans.at(keys[i])->history, stored[i], read[i]->body,
                                       sync_started_at, abandoned_after));
        const auto& held = conclusions.back().oldest_held;
        limits[i].before = std::min(limits[i].before, held.value_or(limits[i].before));
    }
    const auto loaded_through = warehouse.newest_created(limits);
    std::map<Key, ClosedBody> closed;
    for (std::size_t i = 0; i < read.size(); ++i) {
        closed.emplace(keys[i], ClosedBody{.conclusion = std::move(conclusions[i]),
                                           .read_through = read_through[i],
                                           .loaded_through = loaded_through[i]});
    }
    return closed;
}

} // namespace tidemark
