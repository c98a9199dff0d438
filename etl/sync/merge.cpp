#include "sync/merge.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace tidemark {

MergedExecution merge(std::vector<Log> stored, Execution received) {
    MergedExecution merged;
    const std::uint64_t hash_of_received = received.content_hash;

    std::unordered_map<Guid, const Log*> stored_by_id;
    for (const Log& log : stored)
        stored_by_id.emplace(log.id, &log);
    for (const Log& log : received.logs) {
        const auto known = stored_by_id.find(log.id);
        const bool is_stored = known != stored_by_id.end();
        if (is_stored && *known->second == log) continue;
        merged.changed.push_back(log);
        if (is_stored)
            merged.replaced.push_back(*known->second);
        else
            ++merged.added;
    }

    // normalize keeps the last of two lines with one id: what came
    stored.insert(stored.end(), std::make_move_iterator(received.logs.begin()),
                  std::make_move_iterator(received.logs.end()));
    received.logs = std::move(stored);
    normalize(received);
    received.content_hash = hash_of_received;
    merged.execution = std::move(received);
    return merged;
}

} // namespace tidemark
