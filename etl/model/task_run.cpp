#include "model/task_run.hpp"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

constexpr std::array<std::pair<TaskKind, std::string_view>, 5> kinds = {
    {{TaskKind::transfer, "transfer"},
     {TaskKind::synchronize, "synchronize"},
     {TaskKind::import_metadata, "import metadata"},
     {TaskKind::storage_management, "storage management"},
     {TaskKind::execution_package, "execution package"}}};

} // namespace

std::string_view to_text(TaskOutcome outcome) {
    switch (outcome) {
    case TaskOutcome::started: return "started";
    case TaskOutcome::succeeded: return "succeeded";
    case TaskOutcome::failed: return "failed";
    case TaskOutcome::unknown: break;
    }
    return "unknown";
}

TaskOutcome task_outcome_from_text(std::string_view text) {
    for (const auto outcome : {TaskOutcome::started, TaskOutcome::succeeded, TaskOutcome::failed}) {
        if (to_text(outcome) == text) return outcome;
    }
    return TaskOutcome::unknown;
}

std::string_view to_text(TaskKind kind) {
    const auto* found = std::find_if(kinds.begin(), kinds.end(),
                                     [&](const auto& known) { return known.first == kind; });
    return found->second;
}

std::optional<TaskKind> task_kind_from_text(std::string_view text) {
    for (const auto& [kind, known] : kinds) {
        if (known == text) return kind;
    }
    return std::nullopt;
}

std::vector<std::string> task_kinds() {
    std::vector<std::string> texts;
    for (const auto& [kind, text] : kinds)
        texts.emplace_back(text);
    return texts;
}

} // namespace tidemark
