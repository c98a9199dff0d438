#pragma once

#include "warehouse/warehouse.hpp"

#include <functional>
#include <unordered_map>
#include <vector>

namespace tidemark {

/// What the warehouse knows of these executions, by id; those that it lacks are not in it. `id_of`
/// takes one and gives its id.
template <typename Received, typename IdOf>
std::unordered_map<Guid, KnownExecution>
find_known(Warehouse& warehouse, const std::vector<Received>& received, IdOf id_of) {
    std::vector<Guid> ids;
    ids.reserve(received.size());
    for (const Received& one : received)
        ids.push_back(std::invoke(id_of, one));
    std::unordered_map<Guid, KnownExecution> known;
    for (const KnownExecution& execution : warehouse.find(ids))
        known.emplace(execution.id, execution);
    return known;
}

} // namespace tidemark
