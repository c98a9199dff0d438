#include "cli/command.hpp"
#include "cli/options.hpp"
#include "templates/grouping.hpp"
#include "templates/rule_suggestion.hpp"
#include "text/regex.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace tidemark {
namespace {

constexpr std::size_t jobs_shown = 3;

std::string some_of(const std::vector<std::string>& jobs) {
    const std::size_t shown = std::min(jobs.size(), jobs_shown);
    std::string text = fmt::format(
        "{}", fmt::join(jobs.begin(), jobs.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < jobs.size()) text += fmt::format(" and {} more", jobs.size() - shown);
    return text;
}

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
        options.text("--suggest", "SHAPE", "write a rule for the messages of this shape",
                     m_suggest);
        options.format(m_format);
    }

    ExitCode run(const Config& config) override {
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        if (m_suggest.empty()) {
            list(message_groups(*warehouse, config, m_unmatched));
        } else {
            suggest(find_shape(*warehouse, config, m_suggest));
        }
        return ExitCode::ok;
    }

private:
    void list(const std::vector<MessageGroup>& groups) const {
        const auto printer = make_row_printer(m_format, std::cout);
        printer->columns({"shape", "lines", "first_seen_at_utc", "last_seen_at_utc", "severity",
                          "jobs", "rule", "message", "example"});
        for (const MessageGroup& group : groups) {
            const MessageShapeRow& sum = group.sum;
            printer->row({group.name(), sum.line_count, to_text(sum.first_seen_at),
                          to_text(sum.last_seen_at), sum.worst_severity, some_of(group.jobs),
                          rules_of(group), group.pattern, sum.example});
        }
        printer->finish();
    }

    static void suggest(const FoundShape& found) {
        const SuggestedRule rule = suggest_rule(found.shape.example, found.group.pattern);
        const Pattern pattern(rule.pattern);
        const auto matched = std::count_if(
            found.group.shapes.begin(), found.group.shapes.end(),
            [&](const MessageShapeRow& shape) { return pattern.find(shape.example).has_value(); });
        fmt::print("# From shape {} ({}), for example\n#   {}\n", shape_name(found.shape.shape_key),
                   count_of(found.shape.line_count, "line"), printable(found.shape.example));
        if (found.group.shapes.size() > 1) {
            fmt::print("# It matches the examples of {} of the {} shapes of its group.\n", matched,
                       found.group.shapes.size());
        }
        fmt::print("# Edit it: is this the task's name, and all of it? What is the outcome?\n{}",
                   rule_block(rule));
    }

    bool m_unmatched = false;
    std::string m_suggest;
    Format m_format = Format::table;
};

} // namespace

std::unique_ptr<Command> make_messages_command() { return std::make_unique<MessagesCommand>(); }

} // namespace tidemark
