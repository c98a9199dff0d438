#include "cli/command.hpp"
#include "cli/learned_rules.hpp"
#include "cli/options.hpp"
#include "config/toml_document.hpp"
#include "error.hpp"
#include "learning/rule_writing.hpp"
#include "platform/console.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "templates/message_groups.hpp"
#include "text/regex.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

#include <iostream>
#include <system_error>

namespace tidemark {
namespace {

constexpr std::size_t jobs_shown = 3;

Value rules_of(const MessageGroup& group) {
    if (group.rules.empty()) return {};
    return fmt::format("{}", fmt::join(group.rules, ", "));
}

class MessagesCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "messages"; }
    [[nodiscard]] std::string summary() const override {
        return "List what kinds of message there are, and the rules that know them";
    }

    void add_options(Options& options) override {
        options.flag("--unmatched", "only messages that no rule knows", m_unmatched);
        options.flag("--learn", "propose rules for all messages that no rule knows", m_learn);
        options.text("--write", "FILE", "write what --learn proposes to this file", m_write);
        options.text("--suggest", "SHAPE", "propose a rule for the messages of this shape",
                     m_suggest);
        options.exclude("--learn", "--suggest");
        options.exclude("--learn", "--unmatched");
        options.output(m_style);
        options.exclude("--learn", "--output");
        options.exclude("--suggest", "--output");
    }

    [[nodiscard]] bool may_lack_rules() const override { return true; }

    ExitCode run(const Config& config) override {
        if (!m_write.empty() && !m_learn) throw ConfigError("'--write' goes with '--learn'");
        if (!m_write.empty()) refuse_edited(path_of(m_write));
        RowOutput output(m_style, config);
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        if (m_learn) return learn(*warehouse, config);
        if (m_suggest.empty()) {
            list(message_groups(*warehouse, config, m_unmatched), output);
        } else {
            suggest(*warehouse, config);
        }
        return ExitCode::ok;
    }

private:
    static void list(const std::vector<MessageGroup>& groups, RowOutput& output) {
        const auto printer = output.printer();
        printer->columns({"shape", "lines", "message", "rule", "last_seen_at_utc", "jobs",
                          "severity", "first_seen_at_utc", "example"});
        for (const MessageGroup& group : groups) {
            const MessageShapeRow& sum = group.sum;
            printer->row({group.name(), sum.line_count, group.pattern, rules_of(group),
                          to_text(sum.last_seen_at), listed(group.jobs, jobs_shown),
                          sum.worst_severity, to_text(sum.first_seen_at), sum.example});
        }
        printer->finish();
        output.finish();
    }

    ExitCode learn(Warehouse& warehouse, const Config& config) const {
        const AttributionConfig known = m_write.empty()
                                            ? config.attribution
                                            : without_file(config.attribution, path_of(m_write));
        const Learned learned = learn_from(warehouse, config, known);
        const bool asks = stdin_is_a_terminal() && stdout_is_a_terminal();
        const auto rules = asks ? asked(learned.rules) : learned.rules;
        const std::string text = learned_file(learned, as_pointers(rules));
        if (!asks) fmt::print("{}", text);
        if (rules.empty()) {
            write_stderr("tidemark: no rule is proposed; the comments say why\n");
            return ExitCode::partial;
        }
        if (!m_write.empty()) {
            write_learned(path_of(m_write), text);
            report_written(config, rules.size());
        } else if (asks) {
            fmt::print("{}", text);
        }
        return ExitCode::ok;
    }

    static std::vector<const LearnedRule*> as_pointers(const std::vector<LearnedRule>& rules) {
        std::vector<const LearnedRule*> pointers;
        for (const LearnedRule& rule : rules)
            pointers.push_back(&rule);
        return pointers;
    }

    void report_written(const Config& config, std::size_t rules) const {
        const std::filesystem::path file = path_of(m_write);
        const auto& include = config.attribution.include;
        std::error_code ignored;
        const bool included = include && std::filesystem::equivalent(*include, file, ignored);
        const std::filesystem::path folder = config.file.parent_path();
        const auto name = std::filesystem::relative(
            file, folder.empty() ? std::filesystem::path{"."} : folder, ignored);
        write_stderr(
            fmt::format("tidemark: wrote {} to '{}'; {}run 'tidemark attribute' to apply them\n",
                        count_of(rules, "rule"), utf8(file),
                        included ? ""
                                 : fmt::format("put 'include = \"{}\"' under [attribution] in "
                                               "'{}' and ",
                                               utf8(name), utf8(config.file))));
    }

    /// Asks of each rule whether it is to be taken, on the terminal.
    static std::vector<LearnedRule> asked(const std::vector<LearnedRule>& rules) {
        std::vector<LearnedRule> taken;
        for (LearnedRule rule : rules) {
            fmt::print("\n{}", learned_block(rule));
            if (ask(rule)) taken.push_back(std::move(rule));
        }
        return taken;
    }

    /// Whether the rule is taken; with its outcome or its name changed where that is the answer.
    static bool ask(LearnedRule& rule) {
        for (;;) {
            fmt::print("take it? Enter or y: yes, n: no, started or failed: with this outcome, "
                       "name=…: under this name: ");
            std::cout.flush();
            std::string answer;
            if (!std::getline(std::cin, answer)) return false;
            if (answer.empty() || answer == "y") return true;
            if (answer == "n") return false;
            if (answer.starts_with("name=") && answer.size() > 5) {
                rule.rule.name = answer.substr(5);
                continue;
            }
            if (answer != "started" && answer != "failed") continue;
            rule.rule.outcome = task_outcome_from_text(answer);
            for (AttributionTest& test : rule.tests)
                test.outcome = rule.rule.outcome;
        }
    }

    /// The learned rules that match the shape's example; a pattern without a task where none does.
    void suggest(Warehouse& warehouse, const Config& config) const {
        const FoundShape found = find_shape(warehouse, config, m_suggest);
        AttributionConfig known = config.attribution;
        known.rules.clear();
        const Learned learned = learn_from(warehouse, config, known);
        fmt::print("# From shape {} ({}), for example\n#   {}\n", shape_name(found.shape.shape_key),
                   count_of(found.shape.line_count, "line"), printable(found.shape.example));
        bool any = false;
        for (const LearnedRule& rule : learned.rules) {
            if (!Pattern(rule.rule.pattern).find(found.shape.example)) continue;
            fmt::print("{}{}", any ? "\n" : "", learned_block(rule));
            any = true;
            break;
        }
        if (any) return;
        fmt::print("# No name was found in it that recurs in other messages. A rule needs one: put "
                   "(?P<task>.+?) in its\n# place, and say the outcome.\n"
                   "[[attribution.rule]]\nname = \"new rule\"\npattern = {}\n"
                   "# outcome = \"succeeded\": or started, or failed, when it tells one\n",
                   toml_text(pattern_without_name(found.shape.example)));
    }

    bool m_unmatched = false;
    bool m_learn = false;
    std::string m_write;
    std::string m_suggest;
    OutputStyle m_style;
};

} // namespace

std::unique_ptr<Command> make_messages_command() { return std::make_unique<MessagesCommand>(); }

} // namespace tidemark
