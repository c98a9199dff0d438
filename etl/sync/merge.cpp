#include "sync/merge.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tidemark {
namespace {

/// Where a line stands: so many lines behind the received one of that number, 0 before the first.
using Place = std::pair<std::int64_t, std::int64_t>;

using ById = std::unordered_map<Guid, const Log*>;

ById by_id(const std::vector<Log>& logs) {
    ById found;
    for (const Log& log : logs)
        found.emplace(log.id, &log);
    return found;
}

/// All lines, those that are only stored among those that came.
std::vector<Log> merged_logs(const std::vector<Log>& stored, const std::vector<Log>& received) {
    std::vector<std::pair<Place, const Log*>> placed;
    placed.reserve(stored.size() + received.size());
    for (std::size_t i = 0; i < received.size(); ++i)
        placed.push_back({{static_cast<std::int64_t>(i) + 1, 0}, &received[i]});
    std::unordered_map<Guid, std::int64_t> came;
    for (const auto& [place, log] : placed)
        came.emplace(log->id, place.first);
    Place place{0, 0};
    for (const Log& log : stored) {
        const auto again = came.find(log.id);
        if (again != came.end()) {
            place = {again->second, 0};
        } else {
            ++place.second;
            placed.emplace_back(place, &log);
        }
    }
    std::sort(placed.begin(), placed.end(), [](const auto& left, const auto& right) {
        return std::tie(left.second->logged_at, left.first) <
               std::tie(right.second->logged_at, right.first);
    });
    std::vector<Log> lines;
    lines.reserve(placed.size());
    for (const auto& [ignored, log] : placed)
        lines.push_back(*log);
    order_lines(lines);
    return lines;
}

/// Whether a correction of the zone moves the lines of this log. It does not when they carry a
/// zone: lines that are in both logs show it.
bool moves_lines(const ZoneCorrection& correction, const std::vector<Log>& stored,
                 const std::vector<Log>& received) {
    const ById came = by_id(received);
    bool is_in_both = false;
    for (const Log& log : stored) {
        const auto again = came.find(log.id);
        if (again == came.end()) continue;
        if (correction.apply(log.logged_at) == again->second->logged_at) return true;
        is_in_both = true;
    }
    return !is_in_both;
}

std::vector<Log> moved(std::vector<Log> logs, const ZoneCorrection& correction) {
    for (Log& log : logs)
        log.logged_at = correction.apply(log.logged_at);
    return logs;
}

} // namespace

MergedExecution merge(const std::vector<Log>& stored, Execution received,
                      const std::optional<ZoneCorrection>& correction) {
    MergedExecution merged;
    received.logs = correction && moves_lines(*correction, stored, received.logs)
                        ? merged_logs(moved(stored, *correction), received.logs)
                        : merged_logs(stored, received.logs);
    const ById known = by_id(stored);
    for (const Log& log : received.logs) {
        const auto before = known.find(log.id);
        const bool is_stored = before != known.end();
        if (is_stored && *before->second == log) continue;
        merged.changed.push_back(log);
        if (is_stored)
            merged.replaced.push_back(*before->second);
        else
            ++merged.added;
    }
    merged.execution = std::move(received);
    return merged;
}

} // namespace tidemark
