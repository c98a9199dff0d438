#include "config/toml_document.hpp"
#include "learning/learning.hpp"
#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_shown = 160;

std::string comment(std::string_view text) { return "# " + printable(text) + "\n"; }

std::string in_line(std::string_view text) { return shortened(printable(text), most_shown); }

std::string test_block(const AttributionTest& test) {
    std::string block =
        fmt::format("[[attribution.test]]\nmessage = {}\n", toml_text(test.message));
    if (test.task) block += fmt::format("task = {}\n", toml_text(*test.task));
    if (test.source) block += fmt::format("source = {}\n", toml_text(*test.source));
    if (test.outcome) block += fmt::format("outcome = \"{}\"\n", to_text(*test.outcome));
    if (test.rows) block += fmt::format("rows = {}\n", *test.rows);
    return block;
}

std::string names_block(const Learned& learned) {
    constexpr std::size_t most_names = 30;
    std::vector<std::pair<std::int64_t, std::string>> names;
    for (const auto& [name, lines] : learned.names)
        names.emplace_back(-lines, name);
    std::sort(names.begin(), names.end());
    std::string block =
        comment(fmt::format("Tasks: {}, with the lines that name them", names.size()));
    for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i)
        block += fmt::format("#   {} ({})\n", in_line(names[i].second), -names[i].first);
    if (names.size() > most_names)
        block += fmt::format("#   … and {} more\n", names.size() - most_names);
    return block;
}

std::string convention_block(const ProposedConvention& convention) {
    constexpr std::size_t most_sources = 12;
    std::vector<std::string> sources;
    for (const std::string& source : convention.sources)
        sources.push_back(in_line(source));
    return fmt::format("# {} of {} tasks tell their source, {} in all: {}\n"
                       "[[attribution.convention]]\npattern = {}\n",
                       convention.tasks, convention.of, convention.sources.size(),
                       listed(std::move(sources), most_sources), toml_text(convention.pattern));
}

} // namespace

std::string learned_block(const LearnedRule& learned) {
    const RuleConfig& rule = learned.rule;
    std::string block = comment(learned.kind);
    block += fmt::format("# {} of {}, {} to {} UTC\n", count_of(learned.lines, "line"),
                         count_of(learned.names, "task"), to_second(to_text(learned.first_seen_at)),
                         to_second(to_text(learned.last_seen_at)));
    block += fmt::format("# {}: {}\n", learned.sure ? "sure" : "weak, look at it",
                         printable(learned.why));
    for (const std::string& example : learned.examples)
        block += fmt::format("#   {}\n", in_line(example));
    block += fmt::format("[[attribution.rule]]\nname = {}\npattern = {}\noutcome = \"{}\"\n",
                         toml_text(rule.name), toml_text(rule.pattern), to_text(*rule.outcome));
    if (rule.kind != TaskKind::transfer)
        block += fmt::format("kind = \"{}\"\n", to_text(rule.kind));
    for (const AttributionTest& test : learned.tests)
        block += "\n" + test_block(test);
    return block;
}

std::string learned_file(const Learned& learned, const std::vector<const LearnedRule*>& rules) {
    std::string text = fmt::format("# Learned from {}", count_of(learned.lines, "log line"));
    if (learned.known > 0)
        text += fmt::format("; {} more are known to rules that are there already", learned.known);
    text += ".\n";
    for (const LearnedRule* rule : rules)
        text += "\n" + learned_block(*rule);
    if (!learned.names.empty()) text += "\n" + names_block(learned);
    if (learned.convention) text += "\n" + convention_block(*learned.convention);
    for (const std::string& note : learned.notes)
        text += "\n" + comment(note);
    return text;
}

} // namespace tidemark
