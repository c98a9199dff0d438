#include "simulator/fault.hpp"

#include "simulator/option_values.hpp"

#include <algorithm>

namespace simulator {
namespace {

struct FaultKey {
    std::string_view name;
    void (*set)(Fault& fault, const std::string& value);
};

const FaultKind* find_kind(std::string_view name) {
    for (const FaultKind& kind : fault_table()) {
        if (kind.name == name) return &kind;
    }
    throw std::invalid_argument(fmt::format("there is no fault '{}'", name));
}

constexpr FaultKey keys[] = {
    {"kind", [](Fault& f, const std::string& v) { f.kind = find_kind(v); }},
    {"call",
     [](Fault& f, const std::string& v) {
         f.call = choose<std::string_view>(v, {{"jobs", "jobs"},
                                               {"status", "status"},
                                               {"execute", "execute"},
                                               {"logs", "logs"},
                                               {"all", "all"}});
     }},
    {"job", [](Fault& f, const std::string& v) { f.job = v; }},
    {"count", [](Fault& f, const std::string& v) { f.count = read_number(v); }},
    {"status", [](Fault& f, const std::string& v) { f.status = static_cast<int>(read_number(v)); }},
    {"retry_after", [](Fault& f, const std::string& v) { f.retry_after = v; }},
    {"url", [](Fault& f, const std::string& v) { f.url = v; }},
    {"after", [](Fault& f, const std::string& v) { f.after = read_number(v); }},
    {"bytes", [](Fault& f, const std::string& v) { f.bytes = read_number(v); }},
    {"ms",
     [](Fault& f, const std::string& v) {
         f.pace = std::chrono::milliseconds{static_cast<std::int64_t>(read_number(v))};
     }},
    {"step",
     [](Fault& f, const std::string& v) { f.step = std::max<std::uint64_t>(1, read_number(v)); }},
    {"element", [](Fault& f, const std::string& v) { f.element = read_number(v); }},
    {"member", [](Fault& f, const std::string& v) { f.member = v; }},
    {"value", [](Fault& f, const std::string& v) { f.value = v; }},
};

void set_key(Fault& fault, std::string_view name, const std::string& value) {
    const auto key = std::ranges::find(keys, name, &FaultKey::name);
    if (key == std::end(keys)) {
        throw std::invalid_argument(fmt::format("a fault has no '{}'", name));
    }
    key->set(fault, value);
}

std::string_view name_of(CallKind kind) {
    switch (kind) {
    case CallKind::jobs: return "jobs";
    case CallKind::statuses:
    case CallKind::status: return "status";
    case CallKind::execute: return "execute";
    case CallKind::logs: return "logs";
    case CallKind::unknown: break;
    }
    return "unknown";
}

} // namespace

Fault read_fault(const std::map<std::string, std::string>& params) {
    Fault fault;
    for (const auto& [name, value] : params)
        set_key(fault, name, value);
    if (fault.kind == nullptr) throw std::invalid_argument("a fault needs a kind");
    return fault;
}

Fault read_fault(std::string_view text) {
    std::map<std::string, std::string> params;
    while (!text.empty()) {
        const std::string_view item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        const std::size_t equals = std::min(item.find('='), item.size());
        params[std::string{item.substr(0, equals)}] =
            item.substr(std::min(equals + 1, item.size()));
    }
    return read_fault(params);
}

bool concerns(const Fault& fault, const Call& call, std::optional<std::size_t> job_number) {
    if (call.kind == CallKind::unknown) return false;
    if (fault.call != "all" && fault.call != name_of(call.kind)) return false;
    if (fault.job.empty() || fault.job == call.job) return true;
    return job_number && fault.job == std::to_string(*job_number);
}

} // namespace simulator
