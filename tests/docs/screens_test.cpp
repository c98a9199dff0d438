// docs/screens.md: what the program shows on a terminal, as it is.
#include "docs/pages.hpp"
#include "support/at_terminal.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/simulator.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <regex>

using namespace tidemark::test;

namespace {

/// 2026-10-11 06:00:00 UTC; the simulator's history ends there too.
constexpr std::string_view now_text = "2026-10-11T06:00:00Z";
constexpr std::string_view now_seconds = "1791698400";

/// What stays on the screen of a line that was drawn anew, without colours.
std::string settled(std::string text) {
    text = std::regex_replace(text, std::regex("[^\n]*\r\x1b\\[K"), "");
    return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

class Screens {
public:
    Screens()
        : m_simulator({"--jobs", "5", "--now", std::string{now_text}, "--start",
                       "2026-10-01T00:00:00Z", "--stay-open", "0:5"}) {}

    /// The command and what it shows, as a block of the page.
    std::string block(const std::vector<std::string>& arguments, int columns,
                      const std::vector<Typed>& answers = {}, const std::string& key = "") {
        const Ran ran = run_at_terminal(m_folder.path(), arguments, answers, columns, key,
                                        {{"LD_PRELOAD", TIDEMARK_FIXED_CLOCK},
                                         {"FIXED_CLOCK", std::string{now_seconds}},
                                         {"ASAN_OPTIONS", "verify_asan_link_order=0"}});
        CHECK((ran.exit_code == 0 || ran.exit_code == 3));
        std::string shown = settled(ran.out);
        for (auto at = shown.find(m_simulator.url()); at != std::string::npos;
             at = shown.find(m_simulator.url()))
            shown.replace(at, m_simulator.url().size(), "https://gateway.example");
        return fmt::format("```text\n$ tidemark {}\n{}```\n", fmt::join(arguments, " "), shown);
    }

    [[nodiscard]] std::string url() const { return m_simulator.url(); }

    /// Adds the rules of the demo to the configuration.
    void add_rules() const {
        std::ofstream(m_folder / "config.toml", std::ios::app)
            << read_file(TIDEMARK_REPOSITORY "/tests/rules.toml");
    }

    void forget() const {
        std::filesystem::remove(m_folder / "config.toml");
        std::filesystem::remove(m_folder / "tidemark.key");
    }

private:
    Simulator m_simulator;
    TemporaryFolder m_folder;
};

std::string screens_page() {
    Screens screens;
    std::string page =
        "# Screens\n\n"
        "What the program shows on a terminal of 80 and of 200 columns. The organisation is the\n"
        "synthetic one of the bundled simulator. A test writes this page: "
        "`TIDEMARK_WRITE_SCREENS=1\n"
        "build/quick/tests/tidemark_tests \"[screens]\"`. Colours are not shown here.\n";
    const auto add = [&](std::string_view heading, const std::string& block) {
        page += fmt::format("\n## {}\n\n{}", heading, block);
    };
    const std::vector<Typed> answers = {{"Address of the jobs API", screens.url()},
                                        {"it is not shown here): ", "a-secret-key"},
                                        {"Organisation", ""},
                                        {"Warehouse", ""},
                                        {"Zone that they are in", "Europe/Copenhagen"}};
    add("init, 80 columns", screens.block({"init"}, 80, answers));
    screens.forget();
    add("init, 200 columns", screens.block({"init"}, 200, answers));
    screens.add_rules();
    add("sync, 80 columns", screens.block({"sync"}, 80));
    add("sync again, 200 columns", screens.block({"sync"}, 200));
    for (const int columns : {80, 200}) {
        add(fmt::format("status, {} columns", columns), screens.block({"status"}, columns));
        add(fmt::format("last_successful_load, {} columns", columns),
            screens.block({"query", "last_successful_load"}, columns));
        add(fmt::format("messages, {} columns", columns), screens.block({"messages"}, columns));
    }
    screens.forget();
    screens.block({"init"}, 80, answers);
    const std::vector<Typed> all_accepted(20, {"under this name: ", ""});
    for (const int columns : {80, 200}) {
        add(fmt::format("messages --learn, {} columns", columns),
            screens.block({"messages", "--learn"}, columns, all_accepted));
    }
    return page;
}

} // namespace

TEST_CASE("the page on screens shows what a terminal shows", "[docs][screens]") {
    const std::string shown = screens_page();
    if (std::getenv("TIDEMARK_WRITE_SCREENS") != nullptr)
        std::ofstream(TIDEMARK_REPOSITORY "/docs/screens.md") << shown;
    CHECK(page("screens.md") == shown);
}
