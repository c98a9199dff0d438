#include "cli/command.hpp"
#include "config/config.hpp"
#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

#include <cctype>
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

/// The options that the page on commands gives a command: in its section, or for all commands.
std::set<std::string> options_on_page(const std::string& command) {
    const std::string commands = page("commands.md");
    const std::string text =
        commands.substr(0, commands.find("\n## ")) + section(commands, "## `" + command + "`");
    return matches(text, "`(--[a-z-]+)");
}

std::set<std::string> command_names() {
    std::set<std::string> names;
    for (const auto& command : tidemark::all_commands())
        names.insert(command->name());
    return names;
}

} // namespace

TEST_CASE("every command explains itself, and its options stand on the page", "[docs]") {
    const TemporaryFolder folder;
    for (const std::string& command : command_names()) {
        CAPTURE(command);
        const Ran help = run_tidemark(folder.path(), {command, "--help"});
        CHECK(help.exit_code == 0);
        CHECK(help.err.empty());
        CHECK_THAT(help.out, ContainsSubstring("--config"));
        CHECK(matches(help.out, "(--[a-z][a-z-]*)") == [&] {
            auto options = options_on_page(command);
            options.erase("--version");
            return options;
        }());
    }
}

TEST_CASE("every command has its section and its row, and no page names another", "[docs]") {
    CHECK(matches(page("commands.md"), "\n## `([a-z]+)`\n") == command_names());
    std::set<std::string> listed;
    for (const auto& row : table_rows(section(readme(), "## Commands")))
        listed.merge(code_words(row.front()));
    CHECK(listed == command_names());
    for (const auto& [path, text] : all_pages()) {
        for (const std::string& command : matches(text, "(?:`|\n *|\\$ |bin/)tidemark ([a-z]+)")) {
            CAPTURE(path, command);
            CHECK(command_names().contains(command));
        }
    }
}

TEST_CASE("the README says of each command what its help says", "[docs]") {
    const std::string commands = section(readme(), "## Commands");
    for (const auto& command : tidemark::all_commands()) {
        const std::string name = command->name();
        const std::string link = "[`" + name + "`](docs/commands.md#" + name + ")";
        CHECK(table_row(commands, link).back() == command->summary());
    }
}

TEST_CASE("every word of dev has its row on the page for developers, and no other has", "[docs]") {
    const std::string dev = read_file(TIDEMARK_REPOSITORY "/dev");
    const auto words = matches(dev, "\ncmd_([a-z]+)\\(\\)");
    CHECK(words.size() >= 3);
    CHECK(matches(page("development.md"), "\n\\| `./dev ([a-z]+)") == words);
}

TEST_CASE("the page lists the keys of the configuration and no other", "[docs]") {
    std::set<std::string> listed;
    for (const auto& row : table_rows(section(page("configuration.md"), "## Keys")))
        listed.merge(code_words(row.front()));
    const auto keys = tidemark::config_keys();
    for (const std::string& key : keys) {
        CAPTURE(key);
        CHECK(listed.contains(key));
    }
    CHECK(listed.size() == keys.size());
}

TEST_CASE("every exit code is explained, and what to do about it", "[docs]") {
    auto codes = matches(read_file(TIDEMARK_REPOSITORY "/etl/exit_code.hpp"), " = ([0-9]+),");
    CHECK(codes.size() >= 5);
    codes.insert(std::to_string(128 + SIGINT));
    codes.insert(std::to_string(128 + SIGTERM));
    for (const std::string& text : {readme(), page("operations.md")}) {
        std::set<std::string> explained;
        for (const auto& row : table_rows(section(text, "## Exit codes"))) {
            if (std::isdigit(row.front().front()) != 0)
                explained.merge(matches(row.front(), "([0-9]+)"));
        }
        CHECK(explained == codes);
    }
}
