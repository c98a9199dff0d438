#include "simulator/simulator.hpp"

#include "simulator/bodies.hpp"
#include "simulator/encoding.hpp"
#include "simulator/folder.hpp"
#include "simulator/hash.hpp"
#include "simulator/json_text.hpp"
#include "simulator/lower_case.hpp"
#include "simulator/option_table.hpp"
#include "simulator/option_values.hpp"

#include <fmt/format.h>

namespace simulator {
namespace {

std::string key_of(const Request& request, const ServerOptions& options) {
    const auto found = request.headers.find(lower_case(options.key_header));
    return found == request.headers.end() ? "" : found->second;
}

/// `now` as a parameter, or as a member of a JSON body.
std::optional<std::string> asked_now(const Request& request) {
    if (const auto now = request.params.find("now"); now != request.params.end()) {
        return now->second;
    }
    const auto member = find_member(request.body, "Now");
    if (!member || member->value.end < member->value.begin + 2) return std::nullopt;
    return request.body.substr(member->value.begin + 1,
                               member->value.end - member->value.begin - 2);
}

Reply now_reply(Moment now) {
    return json_reply(fmt::format("{{\"now\":\"{}\"}}\n", to_text(now)));
}

Reply body_reply(Body body) {
    Reply reply;
    reply.body = std::move(body);
    return reply;
}

} // namespace

Simulator::Simulator(Options options, Clock clock, std::vector<Fault> faults)
    : m_options(std::move(options)), m_clock(clock), m_faults(std::move(faults)) {}

Reply Simulator::answer(const Request& request) {
    const std::lock_guard lock{m_mutex};
    const Call call = read_call(request.method, request.path);
    auto refused = refusal(request);
    Reply reply = refused ? std::move(*refused) : undisturbed(call);
    const auto fault = refused ? std::nullopt : pop_fault(call, number_of(call));
    if (fault && !fault->kind->on_bytes) reply = fault->kind->apply(std::move(reply), *fault);
    if (m_options.server.last_modified) {
        reply = m_modifications.dated(std::move(reply), request, m_clock.now());
    }
    reply = encoded(std::move(reply), request, m_options.server);
    if (fault && fault->kind->on_bytes) reply = fault->kind->apply(std::move(reply), *fault);
    reply.delay = m_options.server.latency;
    return reply;
}

Reply Simulator::control(const Request& request) {
    const std::lock_guard lock{m_mutex};
    const std::string what = request.path.substr(std::string_view{"/simulator/"}.size());
    if (what == "stats") return json_reply(m_stats.to_json());
    if (what == "clock") return set_clock(request);
    if (request.method != "POST") return message_reply(404, "use POST");
    if (what == "options") return set_options(request);
    if (what == "fault") return set_fault(request);
    if (what == "reset") {
        m_stats.reset();
        m_faults.clear();
        return json_reply("{}\n");
    }
    if (what != "folder")
        return message_reply(404, fmt::format("the simulator knows no '{}'", what));
    const auto path = request.params.find("path");
    m_options.server.folder = path == request.params.end() ? "" : path->second;
    return json_reply("{}\n");
}

bool Simulator::has_key(const Request& request) const {
    const std::lock_guard lock{m_mutex};
    return !key_of(request, m_options.server).empty();
}

Reply Simulator::set_clock(const Request& request) {
    if (const auto seconds = request.params.find("advance"); seconds != request.params.end()) {
        const auto step = static_cast<std::int64_t>(read_number(seconds->second));
        m_clock.set(m_clock.now() + std::chrono::seconds{step});
    } else if (const auto now = asked_now(request)) {
        m_clock.set(parse_moment(*now));
    }
    return now_reply(m_clock.now());
}

Reply Simulator::set_options(const Request& request) {
    Options changed = m_options;
    for (const auto& [name, value] : request.params)
        set_option(changed, name, value);
    m_options = std::move(changed);
    return json_reply("{}\n");
}

Reply Simulator::set_fault(const Request& request) {
    const auto kind = request.params.find("kind");
    if (kind != request.params.end() && kind->second == "none")
        m_faults.clear();
    else
        m_faults.push_back(read_fault(request.params));
    return json_reply("{}\n");
}

std::optional<Reply> Simulator::refusal(const Request& request) const {
    const ServerOptions& server = m_options.server;
    if (!server.key.empty() && key_of(request, server) != server.key) {
        return message_reply(401, "Access denied due to invalid or missing key");
    }
    if (server.forbid) return message_reply(403, "This key may not do that");
    return std::nullopt;
}

Reply Simulator::undisturbed(const Call& call) {
    if (call.kind == CallKind::unknown) return message_reply(404, "no such call");
    if (!m_options.server.folder.empty()) return folder_reply(m_options.server.folder, call);
    const auto shared = std::make_shared<const Organisation>(organisation());
    const BodyOptions& body = m_options.body;
    if (call.kind == CallKind::jobs) return body_reply(jobs_body(shared, body));
    if (call.kind == CallKind::statuses) return body_reply(statuses_body(shared, body));
    const auto job = shared->find(call.job);
    if (!job) return message_reply(404, "no such job");
    if (call.kind == CallKind::status) return body_reply(status_body(shared, *job, body));
    if (call.kind == CallKind::execute) return execute(*shared, *job);
    const auto trigger = call.trigger.empty() ? std::nullopt : std::optional{call.trigger};
    Reply reply = body_reply(logs_body(shared, *job, body, trigger));
    reply.framing = m_options.server.framing;
    return reply;
}

Reply Simulator::execute(const Organisation& organisation, const Job& job) {
    const Guid id = guid_of(hash_of(organisation.options().seed, m_triggers.size(), 41));
    m_triggers.push_back({id, job.number, m_clock.now()});
    return body_reply(execute_body(job, id, m_options.body));
}

std::optional<Fault> Simulator::pop_fault(const Call& call, std::optional<std::size_t> job_number) {
    for (auto fault = m_faults.begin(); fault != m_faults.end(); ++fault) {
        if (!concerns(*fault, call, job_number)) continue;
        const Fault taken = *fault;
        if (fault->count && --*fault->count == 0) m_faults.erase(fault);
        return taken;
    }
    return std::nullopt;
}

std::optional<std::size_t> Simulator::number_of(const Call& call) const {
    if (call.job.empty() || !m_options.server.folder.empty()) return std::nullopt;
    const auto job = organisation().find(call.job);
    return job ? std::optional{job->number} : std::nullopt;
}

Organisation Simulator::organisation() const {
    return {m_options.organisation, m_clock.now(), m_triggers};
}

} // namespace simulator
