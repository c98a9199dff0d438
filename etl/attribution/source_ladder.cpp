#include "attribution/source_ladder.hpp"

#include "attribution/words.hpp"
#include "model/job_match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tidemark {
namespace {

/// One source is the answer; several of equal standing are none.
SourceOfTask one_of(const std::set<std::string>& sources, std::string attributed_by) {
    if (sources.size() == 1) return {*sources.begin(), std::move(attributed_by)};
    return {std::nullopt, fmt::format("ambiguous: '{}'", fmt::join(sources, "' or '"))};
}

/// Whether an entry is narrowed to jobs of which this may be one.
bool is_narrowed_to(const ExplicitSource& entry, const Job* job) {
    return entry.job && (job == nullptr || matches_job(*entry.job, *job));
}

} // namespace

SourceLadder::SourceLadder(const AttributionConfig& config) {
    for (const ExplicitSource& entry : config.sources)
        m_explicit[entry.task].push_back(entry);
    for (const ConventionConfig& convention : config.conventions) {
        m_conventions.push_back(
            {Pattern{convention.pattern}, fmt::format("convention '{}'", convention.pattern)});
    }
    for (const KnownSource& known : config.known) {
        add_known(known, known.name);
        for (const std::string& name : known.short_names)
            add_known(known, name);
    }
}

void SourceLadder::add_known(const KnownSource& known, const std::string& name) {
    KnownName entry{words_of(name), 0, known.name, fmt::format("known '{}'", name)};
    for (const std::string& word : entry.words)
        entry.length += word.size();
    m_known.push_back(std::move(entry));
}

SourceOfTask SourceLadder::source_of(const TaskOfMessage& task) {
    constexpr std::size_t most_remembered = 10'000;
    if (auto source = by_entry(task)) return *std::move(source);
    if (task.said && !task.said->empty()) return {std::string{*task.said}, "message"};
    if (task.kind == TaskKind::execution_package) return {std::nullopt, "none"};
    const auto known = m_remembered.find(task.name);
    if (known != m_remembered.end()) return known->second;
    if (m_remembered.size() >= most_remembered) m_remembered.clear();
    return m_remembered.emplace(task.name, by_name(task.name)).first->second;
}

std::optional<SourceOfTask> SourceLadder::by_entry(const TaskOfMessage& task) const {
    const auto entries = m_explicit.find(task.name);
    if (entries == m_explicit.end()) return std::nullopt;
    std::set<std::string> narrowed;
    std::set<std::string> of_all_jobs;
    for (const ExplicitSource& entry : entries->second) {
        if (is_narrowed_to(entry, task.job)) narrowed.insert(entry.source);
        if (!entry.job) of_all_jobs.insert(entry.source);
    }
    if (narrowed.empty() && of_all_jobs.empty()) return std::nullopt;
    return one_of(narrowed.empty() ? of_all_jobs : narrowed, "explicit");
}

SourceOfTask SourceLadder::by_name(std::string_view task) const {
    if (auto source = by_convention(task)) return *std::move(source);
    return by_known(task).value_or(SourceOfTask{std::nullopt, "none"});
}

std::optional<SourceOfTask> SourceLadder::by_convention(std::string_view task) const {
    for (const Convention& convention : m_conventions) {
        const auto found = convention.pattern.find(task);
        if (found && !found->source.empty()) {
            return SourceOfTask{std::string{found->source}, convention.attributed_by};
        }
    }
    return std::nullopt;
}

std::optional<SourceOfTask> SourceLadder::by_known(std::string_view task) const {
    const auto words = words_of(task);
    const KnownName* longest = nullptr;
    std::set<std::string> sources;
    for (const KnownName& name : m_known) {
        if (!contains_words(words, name.words)) continue;
        if (longest != nullptr && name.length < longest->length) continue;
        if (longest == nullptr || name.length > longest->length) {
            longest = &name;
            sources.clear();
        }
        sources.insert(name.source);
    }
    if (longest == nullptr) return std::nullopt;
    return one_of(sources, longest->attributed_by);
}

} // namespace tidemark
