#include "messages/stored_shapes.hpp"

#include "warehouse/read_rows.hpp"
#include "warehouse/typed_rows.hpp"

#include <utility>

namespace tidemark {

std::vector<MessageShapeRow> stored_shapes(Warehouse& warehouse, Key organisation_key) {
    std::vector<MessageShapeRow> shapes;
    each_row(warehouse, "message_shape", [&](const Row& row) {
        MessageShapeRow shape = message_shape_row(row);
        if (shape.organisation_key == organisation_key) shapes.push_back(std::move(shape));
    });
    return shapes;
}

MessageShapeRow with_rule(MessageShapeRow shape, const Attribution& attribution) {
    const auto mention = attribution.mention(shape.example);
    shape.rule = mention ? std::optional<std::string>{mention->rule} : std::nullopt;
    shape.outcome = mention ? mention->outcome : std::nullopt;
    return shape;
}

} // namespace tidemark
