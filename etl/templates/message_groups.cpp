#include "templates/message_groups.hpp"

#include "attribution/task_runs.hpp"
#include "error.hpp"
#include "templates/counts.hpp"
#include "templates/mask_groups.hpp"
#include "templates/template.hpp"
#include "text/did_you_mean.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/tables.hpp"
#include "warehouse/template_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <unordered_map>
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
    each_row(warehouse, "message_shape_job", [&](const Row& row) {
        const auto stored = row_as<MessageShapeJobRow>(row);
        if (stored.organisation_key == organisation_key)
            lines[stored.shape_key][stored.job_key] += stored.line_count;
    });
    return lines;
}

using JobNames = std::unordered_map<Key, std::string>;

JobNames names_of(const std::vector<JobRow>& jobs) {
    JobNames names;
    for (const JobRow& job : jobs)
        names.emplace(job.job_key, job.name);
    return names;
}

/// The names of the jobs that log these shapes, the one with most lines first.
std::vector<std::string> jobs_of(const std::vector<MessageShapeRow>& shapes,
                                 const LinesOfJobs& lines, const JobNames& jobs) {
    std::map<Key, std::int64_t> total;
    for (const MessageShapeRow& shape : shapes) {
        const auto found = lines.find(shape.shape_key);
        if (found == lines.end()) continue;
        for (const auto& [job_key, count] : found->second)
            total[job_key] += count;
    }
    std::vector<std::pair<std::int64_t, std::string>> named;
    for (const auto& [job_key, count] : total) {
        const auto job = jobs.find(job_key);
        if (job != jobs.end()) named.emplace_back(-count, job->second);
    }
    std::sort(named.begin(), named.end());
    std::vector<std::string> names;
    for (auto& [count, name] : named)
        names.push_back(std::move(name));
    return names;
}

void add_shape(MessageGroup& group, MessageShapeRow shape) {
    if (group.shapes.empty()) {
        group.sum = shape;
    } else {
        add(group.sum, shape);
    }
    if (shape.rule &&
        std::find(group.rules.begin(), group.rules.end(), *shape.rule) == group.rules.end())
        group.rules.push_back(*shape.rule);
    group.shapes.push_back(std::move(shape));
}

std::vector<MessageGroup> grouped(std::vector<MessageShapeRow> shapes) {
    std::vector<CountedMask> masks;
    for (const MessageShapeRow& shape : shapes)
        masks.push_back({.mask = shape.mask, .count = shape.line_count});
    std::vector<MessageGroup> groups;
    for (MaskGroup& mined : group_masks(masks)) {
        MessageGroup& group = groups.emplace_back();
        group.pattern = std::move(mined.pattern);
        for (const std::size_t member : mined.members)
            add_shape(group, std::move(shapes[member]));
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
    std::vector<MessageGroup> groups = grouped(std::move(shapes));
    const LinesOfJobs lines = lines_of_jobs(warehouse, organisation_key);
    const JobNames jobs = names_of(stored.jobs);
    for (MessageGroup& group : groups)
        group.jobs = jobs_of(group.shapes, lines, jobs);
    return groups;
}

FoundShape find_shape(Warehouse& warehouse, const Config& config, std::string_view digits) {
    const std::string wanted = lower_case(digits);
    std::vector<MessageGroup> groups = message_groups(warehouse, config, false);
    MessageGroup* group_found = nullptr;
    const MessageShapeRow* found = nullptr;
    std::size_t count = 0;
    for (MessageGroup& group : groups) {
        for (const MessageShapeRow& shape : group.shapes) {
            if (!all_digits(shape.shape_key).starts_with(wanted)) continue;
            ++count;
            group_found = &group;
            found = &shape;
        }
    }
    if (count == 1) {
        MessageShapeRow shape = *found; // before its group is moved away
        return {.shape = std::move(shape), .group = std::move(*group_found)};
    }
    throw ConfigError(fmt::format("{} of a message begins with '{}'; 'tidemark messages' lists "
                                  "them in its column 'shape'",
                                  count == 0 ? "no shape" : "more than one shape", digits));
}

} // namespace tidemark
