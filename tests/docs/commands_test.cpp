#include "cli/command.hpp"
#include "config/config.hpp"
#include "docs/readme.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

#include <csignal>
#include <regex>

using namespace tidemark::test;

namespace {

/// The first groups of all matches.
std::set<std::string> matches(const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), regex), last; match != last; ++match)
        found.insert((*match)[1]);
    return found;
}

/// What the README says of the options of a command: its own section, or that of all commands.
std::set<std::string> options_in_readme(const std::string& command) {
    const std::string commands = section(readme(), "## Commands");
    const std::string text =
        commands.substr(0, commands.find("\n### ")) + section(commands, "### `" + command + "`");
    return matches(text, "`(--[a-z-]+)");
}

std::set<std::string> command_names() {
    std::set<std::string> names;
    for (const auto& command : tidemark::all_commands())
        names.insert(command->name());
    return names;
}

} // namespace

TEST_CASE("every command explains itself, and its options stand in the README") {
    const TemporaryFolder folder;
    for (const std::string& command : command_names()) {
        CAPTURE(command);
        const Ran help = run_tidemark(folder.path(), {command, "--help"});
        CHECK(help.exit_code == 0);
        CHECK(help.err.empty());
        CHECK_THAT(help.out, ContainsSubstring("--config"));
        CHECK(matches(help.out, "(--[a-z][a-z-]*)") == [&] {
            auto options = options_in_readme(command);
            options.erase("--version");
            return options;
        }());
    }
}

TEST_CASE("the README has a section for every command and names no other") {
    const std::string text = readme();
    CHECK(matches(section(text, "## Commands"), "\n### `([a-z]+)`\n") == command_names());
    for (const std::string& command : matches(text, "tidemark ([a-z]+)")) {
        CAPTURE(command);
        CHECK(command_names().contains(command));
    }
}

TEST_CASE("every word of dev stands in the README") {
    const std::string dev = read_file(TIDEMARK_REPOSITORY "/dev");
    const auto words = matches(dev, "\ncmd_([a-z]+)\\(\\)");
    CHECK(words.size() >= 3);
    for (const std::string& word : words)
        CHECK_THAT(readme(), ContainsSubstring("./dev " + word));
}

TEST_CASE("the README lists the keys of the configuration and no other") {
    std::set<std::string> listed;
    for (const auto& row : table_rows(section(readme(), "## Configuration")))
        listed.merge(code_words(row.front()));
    const auto keys = tidemark::config_keys();
    for (const std::string& key : keys) {
        CAPTURE(key);
        CHECK(listed.contains(key));
    }
    CHECK(listed.size() == keys.size());
}

TEST_CASE("the README explains every exit code") {
    const std::string text = section(readme(), "## Exit codes");
    auto codes = matches(read_file(TIDEMARK_REPOSITORY "/etl/exit_code.hpp"), " = ([0-9]+),");
    CHECK(codes.size() >= 5);
    codes.insert(std::to_string(128 + SIGINT));
    codes.insert(std::to_string(128 + SIGTERM));
    std::set<std::string> explained;
    for (const auto& row : table_rows(text))
        explained.insert(row.front());
    CHECK(explained == codes);
}
