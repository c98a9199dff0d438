#pragma once

#include "model/execution.hpp"

#include <vector>

namespace tidemark {

/// The lines in the order of their ids, which is that of the warehouse's key; lines of one id in
/// their own order. The log outlives the result.
std::vector<const Log*> in_id_order(const std::vector<Log>& logs);

} // namespace tidemark
