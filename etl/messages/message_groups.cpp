#include "messages/message_groups.hpp"

#include "attribution/attribution.hpp"
#include "config/suggest.hpp"
#include "error.hpp"
#include "messages/stored_shapes.hpp"
#include "messages/template_miner.hpp"
#include "warehouse/shape_lines.hpp"
#include "warehouse/typed_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t digits_shown = 8;

std::string all_digits(std::int64_t shape_key) {
    return fmt::format("{:016x}", std::bit_cast<std::uint64_t>(shape_key));
}

/// The shapes of an organisation's messages, with the rules that know them today.
std::vector<MessageShapeRow> shapes_today(Warehouse& warehouse, Key organisation_key,
                                          const AttributionConfig& config) {
    const Attribution attribution(config);
    std::vector<MessageShapeRow> shapes = stored_shapes(warehouse, organisation_key);
    for (MessageShapeRow& shape : shapes)
        shape = with_rule(std::move(shape), attribution);
    return shapes;
}

/// How many lines of each shape each job has.
using LinesOfJobs = std::map<std::int64_t, std::map<Key, std::int64_t>>;

LinesOfJobs lines_of_jobs(Warehouse& warehouse, Key organisation_key) {
    LinesOfJobs lines;
    for (const Row& row : read_rows(warehouse, "message_shape_job")) {
        const MessageShapeJobRow stored = message_shape_job_row(row);
        if (stored.organisation_key != organisation_key) continue;
        lines[stored.shape_key][stored.job_key] += stored.line_count;
    }
    return lines;
}

/// The names of the jobs that log these shapes, the one with most lines first.
std::vector<std::string> jobs_of(const std::vector<MessageShapeRow>& shapes,
                                 const LinesOfJobs& lines, const std::vector<JobRow>& jobs) {
    std::map<Key, std::int64_t> total;
    for (const MessageShapeRow& shape : shapes) {
        const auto found = lines.find(shape.shape_key);
        if (found == lines.end()) continue;
        for (const auto& [job_key, count] : found->second)
            total[job_key] += count;
    }
    std::vector<std::pair<std::int64_t, std::string>> named;
    for (const JobRow& job : jobs) {
        const auto found = total.find(job.job_key);
        if (found != total.end()) named.emplace_back(-found->second, job.name);
    }
    std::sort(named.begin(), named.end());
    std::vector<std::string> names;
    for (auto& [count, name] : named)
        names.push_back(std::move(name));
    return names;
}

void take_in(MessageGroup& group, const MessageShapeRow& shape) {
    if (group.shapes.empty()) {
        group.sum = shape;
    } else {
        add(group.sum, shape);
    }
    if (shape.rule &&
        std::find(group.rules.begin(), group.rules.end(), *shape.rule) == group.rules.end())
        group.rules.push_back(*shape.rule);
    group.shapes.push_back(shape);
}

std::vector<MessageGroup> grouped(const std::vector<MessageShapeRow>& shapes) {
    std::vector<CountedMask> masks;
    for (const MessageShapeRow& shape : shapes)
        masks.push_back({.mask = shape.mask, .count = shape.line_count});
    std::vector<MessageGroup> groups;
    for (MaskGroup& mined : group_masks(masks)) {
        MessageGroup& group = groups.emplace_back();
        group.pattern = std::move(mined.pattern);
        for (const std::size_t member : mined.members)
            take_in(group, shapes[member]);
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& left, const auto& right) {
        return left.sum.line_count > right.sum.line_count;
    });
    return groups;
}

} // namespace

std::string shape_name(std::int64_t shape_key) {
    return all_digits(shape_key).substr(0, digits_shown);
}

std::string MessageGroup::name() const { return shape_name(shapes.front().shape_key); }

std::vector<MessageGroup> message_groups(Warehouse& warehouse, const Config& config,
                                         bool unmatched) {
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    if (!stored.organisation) return {};
    const Key organisation_key = stored.organisation->organisation_key;
    auto shapes = shapes_today(warehouse, organisation_key, config.attribution);
    if (unmatched) {
        std::erase_if(shapes, [](const MessageShapeRow& shape) { return shape.rule.has_value(); });
    }
    std::vector<MessageGroup> groups = grouped(shapes);
    const LinesOfJobs lines = lines_of_jobs(warehouse, organisation_key);
    for (MessageGroup& group : groups)
        group.jobs = jobs_of(group.shapes, lines, stored.jobs);
    return groups;
}

FoundShape find_shape(Warehouse& warehouse, const Config& config, std::string_view digits) {
    const std::string wanted = lower_case(digits);
    std::vector<FoundShape> found;
    for (const MessageGroup& group : message_groups(warehouse, config, false)) {
        for (const MessageShapeRow& shape : group.shapes) {
            if (all_digits(shape.shape_key).starts_with(wanted)) found.push_back({shape, group});
        }
    }
    if (found.size() == 1) return std::move(found.front());
    throw ConfigError(fmt::format("{} of a message begins with '{}'; 'tidemark messages' lists "
                                  "them in its column 'shape'",
                                  found.empty() ? "no shape" : "more than one shape", digits));
}

} // namespace tidemark
