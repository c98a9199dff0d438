#include "learning/learning.hpp"

#include "attribution/data_source_resolver.hpp"
#include "attribution/failure_words.hpp"
#include "attribution/rules.hpp"
#include "learning/alike_messages.hpp"
#include "learning/kind_evidence.hpp"
#include "learning/rule_writing.hpp"
#include "learning/task_names.hpp"
#include "learning/vocabulary.hpp"
#include "templates/template.hpp"
#include "text/did_you_mean.hpp"
#include "text/regex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tidemark {
namespace {

constexpr std::size_t most_examples = 5;
constexpr std::size_t longest_test = 1500; ///< in bytes

bool has_word(const MessageKind& kind, bool (*predicate)(std::string_view)) {
    return std::any_of(kind.parts.begin(), kind.parts.end(), [&](const KindPart& part) {
        return part.token == TokenKind::word && part.what == KindPart::What::text &&
               predicate(lower_case(part.text));
    });
}

} // namespace

/// The work of `Learning::learn`.
class LearningRun {
public:
    explicit LearningRun(const Learning& learning)
        : m_learning(learning), m_words(learning.m_config.failure_words) {}

    Learned run() {
        m_learned.lines = m_learning.lines();
        m_learned.known = m_learning.m_known;
        const auto& lines = m_learning.m_lines;
        AlikeGroups groups = group_alike(m_learning.m_messages, {lines.begin(), lines.end()});
        m_alike = std::move(groups.groups);
        m_alike_of = std::move(groups.group_of);
        TaskNames found = find_tasks(m_alike, m_learning.m_jobs, m_words);
        m_names = std::move(found.names);
        m_learned.notes = std::move(found.notes);
        if (m_names.empty()) {
            m_learned.notes.emplace_back(
                "no name was found that recurs from one kind of message to another");
            return std::move(m_learned);
        }
        m_kinds = kinds_of(m_alike, m_names, m_words);
        place_messages();
        m_evidence = count_evidence(m_kinds, task_lines());
        propose();
        propose_source();
        write_tests();
        return std::move(m_learned);
    }

private:
    using Line = Learning::Line;

    /// Which kind a message is of, and which task it names.
    void place_messages() {
        m_kind_of.assign(m_alike.size(), no_kind);
        m_name_of.resize(m_alike.size());
        for (std::size_t k = 0; k < m_kinds.size(); ++k) {
            for (const std::size_t message : m_kinds[k].messages) {
                m_kind_of[message] = k;
                const NamePlace place = place_of_name(m_alike[message], m_names);
                m_name_of[message] = text_of(m_alike[message].tokens, place.begin, place.end);
            }
        }
    }

    [[nodiscard]] std::vector<TaskLine> task_lines() const {
        std::vector<TaskLine> lines;
        for (const Line& line : m_learning.m_lines) {
            const std::size_t message = m_alike_of[line.message];
            if (m_kind_of[message] != no_kind)
                lines.push_back({line.execution, m_kind_of[message], m_name_of[message]});
        }
        std::stable_sort(lines.begin(), lines.end(), [](const TaskLine& a, const TaskLine& b) {
            return a.execution < b.execution;
        });
        return lines;
    }

    static int rank(const LearnedRule& rule) {
        switch (*rule.rule.outcome) {
        case TaskOutcome::failed: return rule.yields ? 3 : 0;
        case TaskOutcome::succeeded: return 1;
        default: return 2;
        }
    }

    void propose() {
        std::map<std::size_t, std::vector<const Line*>> lines;
        for (const Line& line : m_learning.m_lines) {
            const std::size_t kind = m_kind_of[m_alike_of[line.message]];
            if (kind == no_kind) continue;
            lines[kind].push_back(&line);
            ++m_learned.names[m_name_of[m_alike_of[line.message]]];
        }
        for (std::size_t k = 0; k < m_kinds.size(); ++k) {
            if (!m_kinds[k].objection.empty()) {
                m_learned.notes.push_back(fmt::format("'{}' is taken for no success: it {}",
                                                      in_words(m_kinds[k]), m_kinds[k].objection));
            }
            if (m_kinds[k].outcome) propose(k, lines[k]);
        }
        compare_rules();
        std::stable_sort(m_learned.rules.begin(), m_learned.rules.end(),
                         [](const LearnedRule& a, const LearnedRule& b) {
                             return std::tuple{rank(a), -a.lines} < std::tuple{rank(b), -b.lines};
                         });
        name_apart();
    }

    /// A failure that takes successes stands behind them; a success that takes anything else is
    /// none.
    void compare_rules() {
        std::erase_if(m_learned.rules, [&](LearnedRule& learned) {
            if (learned.rule.outcome == TaskOutcome::started) return false;
            const Rules rules{{learned.rule}};
            for (std::size_t i = 0; i < m_alike.size(); ++i) {
                const std::size_t k = m_kind_of[i];
                if (!rules[0].pattern.find(m_alike[i].example)) continue;
                if (k != no_kind && m_kinds[k].outcome == learned.rule.outcome) continue;
                if (learned.rule.outcome == TaskOutcome::succeeded) {
                    m_learned.notes.push_back(fmt::format(
                        "'{}' is left out: its pattern takes messages that say something else",
                        learned.kind));
                    return true;
                }
                learned.yields = learned.yields || (k != no_kind && m_kinds[k].outcome);
            }
            return false;
        });
    }

    void propose(std::size_t k, const std::vector<const Line*>& lines) {
        const MessageKind& kind = m_kinds[k];
        LearnedRule learned{.rule = {.name = rule_name(kind),
                                     .pattern = pattern_of(kind, m_names),
                                     .outcome = kind.outcome},
                            .kind = in_words(kind),
                            .lines = static_cast<std::int64_t>(lines.size()),
                            .names = m_evidence[k].names.size()};
        if (has_word(kind, is_package_word) && !has_word(kind, is_task_word))
            learned.rule.kind = TaskKind::execution_package;
        bool listed = false;
        if (!holds(learned, lines)) {
            learned.rule.pattern = pattern_of_names(kind, m_evidence[k].names);
            listed = true;
        }
        if (!holds(learned, lines)) {
            m_learned.notes.push_back(fmt::format(
                "'{}' is left out: no pattern was found that takes whole names", learned.kind));
            return;
        }
        learned.first_seen_at = lines.front()->logged_at;
        learned.last_seen_at = learned.first_seen_at;
        std::set<std::string> shown;
        for (const Line* line : lines) {
            learned.first_seen_at = std::min(learned.first_seen_at, line->logged_at);
            learned.last_seen_at = std::max(learned.last_seen_at, line->logged_at);
            const std::string& name = m_name_of[m_alike_of[line->message]];
            if (learned.examples.size() < most_examples && shown.insert(name).second)
                learned.examples.push_back(m_learning.m_messages[line->message]);
        }
        explain(learned, m_evidence[k], kind);
        if (listed) {
            learned.sure = false;
            learned.why += ", but nothing tells where a name ends, so the names are written out";
        }
        m_learned.rules.push_back(std::move(learned));
    }

    /// Whether the rule takes the whole name out of each of its messages, and a success none that
    /// says a failure.
    [[nodiscard]] bool holds(const LearnedRule& learned,
                             const std::vector<const Line*>& lines) const {
        if (pattern_error(learned.rule.pattern)) return false;
        const Rules rules{{learned.rule}};
        const JobRules all{rules, nullptr};
        std::set<std::size_t> tried;
        for (const Line* line : lines) {
            if (!tried.insert(line->message).second) continue;
            const std::string& message = m_learning.m_messages[line->message];
            const auto& mentions = all.mentions(message, std::nullopt);
            if (mentions.empty()) {
                if (message.size() >= masked_bytes - 4) continue;
                return false;
            }
            const TaskMention& mention = mentions.front();
            if (!m_names.contains(std::string{mention.task})) return false;
            if (learned.rule.outcome == TaskOutcome::succeeded &&
                failure_word_in(message, {mention.task, mention.source.value_or("")}, m_words))
                return false;
        }
        return true;
    }

    void explain(LearnedRule& learned, const KindEvidence& evidence,
                 const MessageKind& kind) const {
        std::vector<std::string> reasons{fmt::format("'{}' says so", kind.word)};
        if (learned.names < 2) reasons.emplace_back("but only one task was seen in it");
        if (learned.rule.outcome == TaskOutcome::started) {
            learned.sure = learned.names >= 2;
        } else if (evidence.begun == evidence.lines) {
            reasons.emplace_back("a start of the same task stands before each");
            learned.sure = learned.names >= 2;
        } else if (evidence.begun > 0) {
            reasons.push_back(fmt::format("a start of the same task stands before {} of {}",
                                          evidence.begun, evidence.lines));
            learned.sure = learned.names >= 2 && evidence.begun * 10 >= evidence.lines * 9;
        } else {
            reasons.emplace_back("but no start of the task stands before");
        }
        if (learned.sure && !is_enclosed(kind) && begin_or_end_alike()) {
            learned.sure = false;
            reasons.emplace_back("but all names begin or end alike, so a word of them may be left "
                                 "out");
        }
        learned.why = fmt::format("{}", fmt::join(reasons, ", "));
    }

    /// Whether the name ends at a sign that it does not hold, such as a quote.
    [[nodiscard]] static bool is_enclosed(const MessageKind& kind) {
        return std::any_of(kind.parts.begin(), kind.parts.end(), [](const KindPart& part) {
            return part.what == KindPart::What::task && !part.behind.empty() &&
                   part.behind != ":" && part.behind != "," && part.behind != "-";
        });
    }

    /// Where nothing encloses them, names of one source, or of one way to load, are cut too short.
    [[nodiscard]] bool begin_or_end_alike() const {
        std::set<std::string> first;
        std::set<std::string> last;
        for (const std::string& name : m_names) {
            const auto words = words_of(name);
            if (words.empty()) return false; // a name of signs alone is like no other
            first.insert(words.front());
            last.insert(words.back());
        }
        return first.size() == 1 || last.size() == 1;
    }

    void name_apart() {
        std::map<std::string, int> used;
        for (const RuleConfig& rule : m_learning.m_config.rules)
            ++used[rule.name];
        for (LearnedRule& learned : m_learned.rules)
            if (const int times = ++used[learned.rule.name]; times > 1)
                learned.rule.name += fmt::format(" {}", times);
    }

    /// A convention for the tasks that the configuration gives no source.
    void propose_source() {
        const bool names_source =
            std::any_of(m_kinds.begin(), m_kinds.end(), [](const MessageKind& kind) {
                return std::any_of(kind.parts.begin(), kind.parts.end(), [](const KindPart& part) {
                    return part.what == KindPart::What::source;
                });
            });
        if (names_source) return;
        std::set<std::string> names;
        for (const auto& [name, lines] : m_learned.names)
            if (!m_learning.m_attribution.source_of({.name = name}).source) names.insert(name);
        m_learned.convention = propose_convention(names);
    }

    /// A rule's tests are messages of its own, as all rules together read them. One that decides on
    /// none, because of those before it, is not needed.
    void write_tests() {
        AttributionConfig together = m_learning.m_config;
        for (const LearnedRule& learned : m_learned.rules)
            together.rules.push_back(learned.rule);
        if (m_learned.convention)
            together.conventions.push_back({.pattern = m_learned.convention->pattern});
        const Attribution attribution{together};
        std::erase_if(m_learned.rules, [&](LearnedRule& learned) {
            bool decides = false;
            for (const std::string& message : learned.examples) {
                const auto mention = attribution.mention(message);
                if (!mention || mention->rule != learned.rule.name) continue;
                decides = true;
                if (message.size() > longest_test) continue;
                AttributionTest test{.message = message,
                                     .task = std::string{mention->task},
                                     .outcome = mention->outcome,
                                     .rows = mention->row_count};
                const auto source = attribution.source_of(
                    {.name = mention->task, .source = mention->source, .kind = mention->kind});
                if (source.source) test.source = source.source;
                learned.tests.push_back(std::move(test));
                break;
            }
            return !decides;
        });
    }

    static constexpr std::size_t no_kind = static_cast<std::size_t>(-1);

    const Learning& m_learning;
    const std::vector<std::string>& m_words;
    Learned m_learned;
    std::vector<AlikeMessages> m_alike;
    std::vector<std::size_t> m_alike_of; ///< by message of the learning
    std::set<std::string> m_names;
    std::vector<MessageKind> m_kinds;
    std::vector<std::size_t> m_kind_of;   ///< by alike message
    std::vector<std::string> m_name_of;   ///< by alike message
    std::vector<KindEvidence> m_evidence; ///< by kind
};

Learning::Learning(const AttributionConfig& config) : m_config(config), m_attribution(config) {}

void Learning::observe(std::string_view job, std::uint64_t execution, Timestamp logged_at,
                       std::string_view message) {
    if (m_attribution.mention(message)) {
        ++m_known;
        return;
    }
    message = masked_part(message);
    auto place = m_places.find(message);
    if (place == m_places.end()) {
        place = m_places.emplace(std::string{message}, m_messages.size()).first;
        m_messages.emplace_back(message);
    }
    if (m_jobs.empty() || m_jobs.back() != job) m_jobs.emplace_back(job);
    m_lines.push_back({{execution, place->second}, logged_at});
}

Learned Learning::learn() const { return LearningRun(*this).run(); }

} // namespace tidemark
