#include "config/task_words.hpp"

#include "attribution/attribution.hpp"
#include "config/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <variant>

namespace tidemark {
namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void check_groups(const Field& field, const std::vector<std::string>& groups,
                  const std::vector<std::string>& allowed) {
    for (const std::string& group : groups) {
        if (contains(allowed, group)) continue;
        const std::string near = did_you_mean(group, allowed);
        field.fail(fmt::format(
            "'{}' has an unknown group '{}'{}", field.path, group,
            near.empty() ? fmt::format(" (known: '{}')", fmt::join(allowed, "', '")) : near));
    }
    if (!contains(groups, allowed.front())) {
        field.fail(fmt::format("'{0}' lacks the group '{1}' (write (?P<{1}>.+?) where it stands)",
                               field.path, allowed.front()));
    }
}

} // namespace

TaskOutcome read_outcome(const Field& field) {
    const std::vector<std::string> known = {"started", "succeeded", "failed"};
    const std::string text = read_text(field);
    for (const auto outcome : {TaskOutcome::started, TaskOutcome::succeeded, TaskOutcome::failed}) {
        if (to_text(outcome) == text) return outcome;
    }
    field.fail(fmt::format("'{}' must be 'started', 'succeeded' or 'failed', not {}{}", field.path,
                           in_quotes(text), did_you_mean(text, known)));
}

TaskKind read_kind(const Field& field) {
    const std::string text = read_text(field);
    if (const auto kind = task_kind_from_text(text)) return *kind;
    field.fail(fmt::format("'{}' must be one of '{}', not {}{}", field.path,
                           fmt::join(task_kinds(), "', '"), in_quotes(text),
                           did_you_mean(text, task_kinds())));
}

std::string read_pattern(const Field& field, const std::vector<std::string>& allowed) {
    std::string pattern = read_text(field);
    if (const auto error = pattern_error(pattern)) {
        field.fail(fmt::format("'{}' {}", field.path, *error));
    }
    check_groups(field, pattern_groups(pattern), allowed);
    return pattern;
}

std::vector<std::int64_t> read_integers(const Field& field) {
    const auto* list = std::get_if<ValueList>(&field.value.content);
    if (list == nullptr) return {read_integer(field)};
    std::vector<std::int64_t> numbers;
    for (const TomlValue& value : *list)
        numbers.push_back(read_integer({field.file, field.path, value}));
    return numbers;
}

} // namespace tidemark
