#include "simulator/folder.hpp"

#include "simulator/json_text.hpp"
#include "simulator/lower_case.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace simulator {
namespace {

std::optional<std::string> read_text(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

bool is_id(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF-") == text.npos;
}

/// The elements of an array whose member has this value; those of an array that is none: none.
std::string chosen(const std::string& text, std::string_view member, const std::string& value) {
    std::string found;
    for (const Span& element : elements_of(text)) {
        const std::string json = text.substr(element.begin, element.end - element.begin);
        const auto id = find_member(json, member);
        if (!id) continue;
        const std::string its = json.substr(id->value.begin, id->value.end - id->value.begin);
        if (lower_case(its) == fmt::format("\"{}\"", lower_case(value)))
            found += fmt::format("{}{}", found.empty() ? "" : ",", json);
    }
    return found;
}

Reply missing() { return message_reply(404, "not in the folder"); }

Reply file_reply(const std::filesystem::path& file) {
    auto text = read_text(file);
    return text ? json_reply(std::move(*text)) : missing();
}

Reply logs_reply(const std::filesystem::path& folder, const Call& call) {
    if (!is_id(call.job)) return missing();
    const auto text = read_text(folder / "logs" / (lower_case(call.job) + ".json"));
    if (!text) return missing();
    if (call.trigger.empty()) return json_reply(*text);
    return json_reply(fmt::format("[{}]", chosen(*text, "TriggerId", call.trigger)));
}

Reply status_reply(const std::filesystem::path& folder, const Call& call) {
    const auto text = read_text(folder / "status.json");
    const std::string status = text ? chosen(*text, "JobId", call.job) : "";
    return status.empty() ? missing() : json_reply(status);
}

} // namespace

Reply folder_reply(const std::filesystem::path& folder, const Call& call) {
    switch (call.kind) {
    case CallKind::jobs: return file_reply(folder / "jobs.json");
    case CallKind::statuses: return file_reply(folder / "status.json");
    case CallKind::status: return status_reply(folder, call);
    case CallKind::logs: return logs_reply(folder, call);
    case CallKind::execute:
    case CallKind::unknown: break;
    }
    return missing();
}

} // namespace simulator
