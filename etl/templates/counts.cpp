#include "templates/counts.hpp"

#include "templates/template.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/tables.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
std::vector<MessageShapeRow> stored_shapes(Warehouse& warehouse, Key organisation_key) {
    std::vector<MessageShapeRow> shapes;
    each_row(warehouse, "message_shape", [&](const Row& row) {
        auto shape = row_as<MessageShapeRow>(row);
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

namespace {

/// Whether a line stands before the one that a shape's example is from.
bool sorts_before(Timestamp logged_at, std::string_view text, Key execution_key,
                  const MessageShapeRow& shape) {
    if (logged_at != shape.first_seen_at) return logged_at < shape.first_seen_at;
    const int order = text.compare(shape.example);
    return order < 0 || (order == 0 && execution_key < shape.execution_key);
}

} // namespace

void set_shape_keys(std::vector<Log>& logs, std::string& buffer) {
    for (Log& log : logs) {
        if (!log.message || log.shape_key) continue;
        buffer.clear();
        append_mask(*log.message, buffer);
        log.shape_key = shape_key(buffer);
    }
}

void ShapeTally::count(Key job_key, Key execution_key, const Log& log, Timestamp latest,
                       std::int64_t lines) {
    if (!log.shape_key || !log.message) return;
    const auto [found, is_new] = m_lines.try_emplace({job_key, *log.shape_key});
    MessageShapeRow& shape = found->second.shape;
    const std::string_view text = masked_part(*log.message);
    const Timestamp logged_at = std::min(log.logged_at, latest);
    if (is_new) {
        found->second.job_key = job_key;
        shape.organisation_key = m_organisation_key;
        shape.shape_key = *log.shape_key;
        shape.known_since = m_known_since;
        shape.last_seen_at = logged_at;
        shape.worst_severity = log.severity;
    }
    if (is_new || sorts_before(logged_at, text, execution_key, shape)) {
        shape.first_seen_at = logged_at;
        shape.example = text;
        shape.execution_key = execution_key;
    }
    shape.last_seen_at = std::max(shape.last_seen_at, logged_at);
    shape.worst_severity = std::max(shape.worst_severity, log.severity);
    shape.line_count += lines;
}

std::vector<ShapeLines> ShapeTally::release(const Attribution& attribution) {
    std::vector<ShapeLines> taken;
    taken.reserve(m_lines.size());
    for (auto& [place, lines] : m_lines) {
        lines.shape.mask = mask_of(lines.shape.example);
        lines.shape = with_rule(std::move(lines.shape), attribution);
        taken.push_back(std::move(lines));
    }
    m_lines.clear();
    return taken;
}

} // namespace tidemark
