#include "archive/reading_plan.hpp"

#include "error.hpp"
#include "parse/execution_parser.hpp"
#include "platform/interrupt.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>
#include <utility>

namespace tidemark {
namespace {

/// So many executions say which way a job's bodies come.
constexpr std::size_t enough_heads = 1000;

/// So many bytes of executions are asked about at once.
constexpr std::size_t asked_bytes = 1U << 20U;

/// Versions of one execution that came in one body, in the order of that.
using Group = std::vector<std::uint32_t>;

/// All groups of an execution, the newest first.
std::vector<Group> groups_of(const SeriesIndex& index, const Guid& id) {
    std::vector<Group> groups;
    const auto& versions = index.versions();
    const auto newest = index.newest(id);
    std::uint32_t at = newest.front();
    while (at != no_place) {
        const std::uint64_t body = versions[at].body;
        Group group;
        for (; at != no_place && versions[at].body == body; at = versions[at].older)
            group.push_back(at);
        std::reverse(group.begin(), group.end());
        groups.push_back(std::move(group));
    }
    return groups;
}

class Planner {
public:
    Planner(const SeriesIndex& index, SeriesReader& versions, const Job& job, LogReader* reader)
        : m_index(index),
          m_reader(versions),
          m_parser(job.id, {}, {}),
          m_job(job),
          m_held(reader) {}

    ReadingPlan run() {
        m_plan.fault = m_index.fault();
        std::unordered_set<Guid> taken = left_out();
        Places last;
        for (const Version& version : m_index.versions()) {
            if (!taken.insert(version.id).second) continue;
            auto groups = groups_of(m_index, version.id);
            for (const std::uint32_t at : groups.front())
                last.push_back({groups.front().front(), at});
            if (groups.size() > 1) add_older(groups);
        }
        m_plan.readings.push_back(sorted(std::move(last)));
        return std::move(m_plan);
    }

private:
    /// The executions that are not read.
    std::unordered_set<Guid> left_out() {
        std::unordered_set<Guid> left_out;
        if (m_held == nullptr) return left_out;
        std::vector<std::string> asked;
        std::size_t bytes = 0;
        const auto ask = [&] {
            stop_if_interrupted();
            left_out.merge(m_held->held_later(m_job, asked));
            asked.clear();
            bytes = 0;
        };
        std::unordered_set<Guid> seen;
        for (const Version& version : m_index.versions()) {
            if (!seen.insert(version.id).second) continue;
            for (const std::uint32_t at : m_index.newest(version.id)) {
                if (const auto json = readable(m_index.versions()[at])) {
                    asked.emplace_back(*json);
                    bytes += json->size();
                }
            }
            if (bytes >= asked_bytes) ask();
        }
        if (!asked.empty()) ask();
        return left_out;
    }

    /// Damaged bytes are told when they are read.
    std::optional<std::string_view> readable(const Version& version) {
        try {
            return m_reader.read(version);
        } catch (const Error&) {
            return std::nullopt;
        }
    }

    /// Of newest versions: each stands where the first of the same execution and body does.
    using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

    /// Those of the older groups that have what no newer one has.
    void add_older(const std::vector<Group>& groups) {
        Content content;
        add(content, groups.front());
        std::vector<Group> lacking;
        for (auto group = groups.begin() + 1; group != groups.end(); ++group) {
            if (add(content, *group) && is_needed(*group)) lacking.push_back(*group);
        }
        std::reverse(lacking.begin(), lacking.end()); // the oldest first
        if (m_plan.readings.size() < lacking.size()) m_plan.readings.resize(lacking.size());
        for (std::size_t i = 0; i < lacking.size(); ++i) {
            Reading& reading = m_plan.readings[i];
            reading.insert(reading.end(), lacking[i].begin(), lacking[i].end());
        }
    }

    /// What an execution's newer versions told.
    struct Content {
        bool is_readable = false;
        std::unordered_set<Guid> lines{};
    };

    /// Returns whether the group tells anything more.
    bool add(Content& content, const Group& group) {
        bool more = false;
        for (const std::uint32_t at : group) {
            const auto execution = parsed(m_index.versions()[at]);
            if (!execution) continue;
            more = more || !content.is_readable;
            content.is_readable = true;
            for (const Log& line : execution->logs)
                more = content.lines.insert(line.id).second || more;
        }
        return more;
    }

    bool is_needed(const Group& group) {
        return m_held == nullptr || std::ranges::any_of(group, [&](const std::uint32_t at) {
                   const auto json = readable(m_index.versions()[at]);
                   return json && m_held->lacks_lines(m_job, std::string{*json});
               });
    }

    std::optional<Execution> parsed(const Version& version) {
        try {
            const std::string_view json = m_reader.read(version);
            return m_parser.parse({.json = json, .bytes = json.size()}).execution;
        } catch (const Error& error) {
            if (m_plan.fault.empty()) m_plan.fault = error.what();
            return std::nullopt;
        }
    }

    /// Bodies that come newest first are read so again: the last one first.
    Reading sorted(Places places) {
        const bool falls = is_newest_first_body(places);
        std::sort(places.begin(), places.end(), [&](const auto& a, const auto& b) {
            const std::uint64_t body_of_a = body_of(a);
            const std::uint64_t body_of_b = body_of(b);
            return body_of_a == body_of_b ? a < b : falls == (body_of_a > body_of_b);
        });
        Reading reading;
        for (const auto& [first, at] : places)
            reading.push_back(at);
        return reading;
    }

    [[nodiscard]] std::uint64_t body_of(const Places::value_type& place) const {
        return m_index.versions()[place.second].body;
    }

    /// As the body with the most executions says.
    bool is_newest_first_body(const Places& places) {
        std::map<std::uint64_t, Places> bodies;
        for (const auto& place : places)
            bodies[body_of(place)].push_back(place);
        const auto largest = std::max_element(bodies.begin(), bodies.end(), [](auto& a, auto& b) {
            return a.second.size() < b.second.size();
        });
        if (largest == bodies.end()) return false;
        Places& body = largest->second;
        std::sort(body.begin(), body.end());
        body.resize(std::min(body.size(), enough_heads));
        return falls_more(body);
    }

    bool falls_more(const Places& body) {
        std::size_t falls = 0;
        std::size_t rises = 0;
        std::optional<Timestamp> last;
        for (const auto& [first, at] : body) {
            const auto created = created_at(m_index.versions()[at]);
            if (last && created && *created < *last) ++falls;
            if (last && created && *created > *last) ++rises;
            if (created) last = created;
        }
        return falls > rises;
    }

    std::optional<Timestamp> created_at(const Version& version) {
        const auto json = readable(version);
        if (!json) return std::nullopt;
        const auto head = m_parser.head({.json = *json, .bytes = json->size()});
        return head ? std::optional{head->created_at} : std::nullopt;
    }

    const SeriesIndex& m_index;
    SeriesReader& m_reader;
    ExecutionParser m_parser;
    const Job& m_job;
    LogReader* m_held; ///< null: it holds nothing
    ReadingPlan m_plan;
};

} // namespace

ReadingPlan plan_readings(const SeriesIndex& index, SeriesReader& versions, const Job& job,
                          LogReader* reader) {
    return Planner(index, versions, job, reader).run();
}

} // namespace tidemark
