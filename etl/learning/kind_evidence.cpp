#include "learning/kind_evidence.hpp"

#include "text/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace tidemark {
namespace {

std::string times(std::size_t count) { return count_of(count, "time"); }

class EvidenceCounter {
public:
    explicit EvidenceCounter(std::vector<MessageKind>& kinds)
        : m_kinds(kinds), m_evidence(kinds.size()) {}

    std::vector<KindEvidence> run(const std::vector<TaskLine>& lines) {
        std::map<std::string_view, Attempt> attempts;
        std::uint64_t execution = 0;
        for (const TaskLine& line : lines) {
            if (line.execution != execution) attempts.clear();
            execution = line.execution;
            add(attempts[line.task], line.kind, line.task);
        }
        for (std::size_t k = 0; k < m_kinds.size(); ++k)
            check_outcome(m_kinds[k], m_evidence[k]);
        return std::move(m_evidence);
    }

private:
    struct Attempt {
        bool begun = false;
        bool failed = false;
        std::set<std::size_t> kinds; ///< heard in it
    };

    void add(Attempt& attempt, std::size_t kind, std::string_view name) {
        const auto outcome = m_kinds[kind].outcome;
        if (outcome == TaskOutcome::started && (attempt.failed || attempt.kinds.contains(kind)))
            attempt = {};
        KindEvidence& evidence = m_evidence[kind];
        ++evidence.lines;
        evidence.names.emplace(name);
        if (attempt.begun) ++evidence.begun;
        if (attempt.failed) ++evidence.failed;
        if (attempt.kinds.contains(kind)) ++evidence.repeated;
        if (outcome == TaskOutcome::failed) {
            if (attempt.begun) ++m_failures_after_start;
            ++m_failures;
            for (const std::size_t earlier : attempt.kinds)
                if (m_kinds[earlier].outcome == TaskOutcome::succeeded)
                    ++m_evidence[earlier].overruled;
            attempt.failed = true;
        }
        attempt.kinds.insert(kind);
        if (outcome == TaskOutcome::started) attempt.begun = true;
    }

    /// Removes an outcome that the rest of the history contradicts.
    void check_outcome(MessageKind& kind, const KindEvidence& evidence) const {
        if (kind.outcome != TaskOutcome::succeeded) return;
        const bool starts = m_failures_after_start > 0;
        const std::size_t failures = std::max<std::size_t>(m_failures, 1);
        // without starts a success behind a failure may be a second attempt
        const bool behind = starts ? evidence.failed > 0 : evidence.failed * 10 >= failures * 8;
        if (behind)
            kind.objection = fmt::format("is said behind a failure of the same attempt too ({})",
                                         times(evidence.failed));
        else if (evidence.overruled > 0 && (starts || evidence.overruled * 5 >= failures))
            kind.objection = fmt::format("a failure of the same attempt follows ({})",
                                         times(evidence.overruled));
        else if (evidence.repeated * 5 > evidence.lines)
            kind.objection =
                fmt::format("is said several times of one attempt ({})", times(evidence.repeated));
        if (!kind.objection.empty()) kind.outcome.reset();
    }

    std::vector<MessageKind>& m_kinds;
    std::vector<KindEvidence> m_evidence; ///< by kind
    std::size_t m_failures = 0;
    std::size_t m_failures_after_start = 0;
};

} // namespace

std::vector<KindEvidence> count_evidence(std::vector<MessageKind>& kinds,
                                         const std::vector<TaskLine>& lines) {
    return EvidenceCounter(kinds).run(lines);
}

} // namespace tidemark
