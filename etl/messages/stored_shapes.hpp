#pragma once

#include "attribution/attribution.hpp"
#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark {

/// The shapes of an organisation's messages, as they are stored.
std::vector<MessageShapeRow> stored_shapes(Warehouse& warehouse, Key organisation_key);

/// The same shape with the rule that knows its example, and that rule's outcome. A rule's condition
/// on the job or the severity is taken to hold: a shape is of no one job.
MessageShapeRow with_rule(MessageShapeRow shape, const Attribution& attribution);

} // namespace tidemark
