#include "learning/task_names.hpp"

#include "learning/vocabulary.hpp"
#include "text/did_you_mean.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

class TaskSearch {
public:
    TaskSearch(const std::vector<AlikeMessages>& messages, const std::vector<std::string>& jobs,
               const std::vector<std::string>& failure_words)
        : m_alike(messages), m_jobs(jobs), m_words(failure_words) {}

    /// The family of names that a start, a success or a failure is said of in most lines. Names of
    /// jobs are none of tasks.
    TaskNames find() {
        const auto families = find_names(m_alike, m_words);
        double best_score = 0;
        const NameFamily* best = nullptr;
        for (const NameFamily& family : families) {
            const double score = score_of(family);
            if (score > best_score) {
                best_score = score;
                best = &family;
            }
        }
        if (best == nullptr) return {};
        for (const NameFamily& family : families) {
            if (&family == best || score_of(family) == 0) continue;
            m_found.notes.push_back(fmt::format(
                "'{}' and {} recur too, and were taken for no tasks", *family.names.begin(),
                count_of(family.names.size() - 1, "other name")));
        }
        m_found.names = best->names;
        add_further_names(*best);
        return std::move(m_found);
    }

private:
    [[nodiscard]] bool are_jobs(const NameFamily& family) const {
        const auto jobs =
            std::count_if(family.names.begin(), family.names.end(), [&](const std::string& name) {
                return std::find(m_jobs.begin(), m_jobs.end(), name) != m_jobs.end();
            });
        return static_cast<std::size_t>(jobs) * 2 > family.names.size();
    }

    [[nodiscard]] OutcomeWord said(const AlikeMessages& alike, const NamePlace& place) const {
        const std::string_view first = alike.tokens[place.begin].text;
        const std::string_view last = alike.tokens[place.end - 1].text;
        const std::string_view name{
            first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
        return find_outcome(alike.example, {name}, m_words);
    }

    [[nodiscard]] double score_of(const NameFamily& family) const {
        if (are_jobs(family)) return 0;
        double lines = 0;
        bool ends = false;
        bool tasks = false;
        bool packages = false;
        for (const NamePlace& place : family.places) {
            const AlikeMessages& alike = m_alike[place.message];
            const auto outcome = said(alike, place).outcome;
            if (!outcome) continue;
            ends = ends || outcome != TaskOutcome::started;
            lines += static_cast<double>(alike.lines);
            for (std::size_t i = 0; i < alike.tokens.size(); ++i) {
                if (i >= place.begin && i < place.end) continue;
                if (alike.tokens[i].kind != TokenKind::word) continue;
                const std::string word = lower_case(alike.tokens[i].text);
                tasks = tasks || is_task_word(word);
                packages = packages || is_package_word(word);
            }
        }
        if (!ends) return 0;
        return lines * (tasks ? 4 : 1) * (packages && !tasks ? 0.25 : 1);
    }

    /// Names of the same kinds of message that were not compared, or stand in one kind only.
    void add_further_names(const NameFamily& family) {
        std::set<std::tuple<std::string, std::string>> kinds;
        std::map<std::tuple<std::string, std::string>, std::size_t> uses;
        const auto around = [](const AlikeMessages& alike, std::size_t begin, std::size_t end) {
            std::string text;
            for (std::size_t i = begin; i < end; ++i)
                text.append(tidemark::alike(alike.tokens[i])) += '\x04';
            return text;
        };
        for (const NamePlace& place : family.places) {
            const AlikeMessages& alike = m_alike[place.message];
            if (!said(alike, place).outcome) continue;
            ++uses[{around(alike, 0, place.begin), around(alike, place.end, alike.tokens.size())}];
        }
        for (const auto& [kind, count] : uses)
            if (count >= 2) kinds.insert(kind);
        for (const AlikeMessages& alike : m_alike) {
            const NamePlace known = place_of_name(alike, m_found.names);
            if (known.begin != known.end) continue;
            for (const auto& [before, behind] : kinds) {
                const std::string whole = around(alike, 0, alike.tokens.size());
                if (whole.size() <= before.size() + behind.size() || !whole.starts_with(before) ||
                    !whole.ends_with(behind))
                    continue;
                const auto count = [](const std::string& text) {
                    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\x04'));
                };
                const std::size_t begin = count(before);
                const std::size_t end = alike.tokens.size() - count(behind);
                const std::string name = text_of(alike.tokens, begin, end);
                if (name.find_first_of("\r\n") != std::string::npos || begin >= end) continue;
                if (find_outcome(name, {}, m_words).outcome) continue; // `A failed, clean-up`
                m_found.names.insert(name);
                break;
            }
        }
    }

    const std::vector<AlikeMessages>& m_alike;
    const std::vector<std::string>& m_jobs;
    const std::vector<std::string>& m_words;
    TaskNames m_found;
};

} // namespace

TaskNames find_tasks(const std::vector<AlikeMessages>& messages,
                     const std::vector<std::string>& jobs,
                     const std::vector<std::string>& failure_words) {
    return TaskSearch(messages, jobs, failure_words).find();
}

} // namespace tidemark
