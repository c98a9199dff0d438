#include "cli/screen_table.hpp"
#include "support/catch.hpp"
#include "text/terminal.hpp"

#include <sstream>

using namespace tidemark;

namespace {

using Rows = std::vector<std::vector<Value>>;

const Timestamp noon = timestamp_from_text("2026-10-11 12:00:00.000000").value();

Screen screen_of(std::size_t columns) { return {.columns = columns, .now = noon}; }

std::vector<std::string> shown(const Screen& screen, const std::vector<std::string>& names,
                               const Rows& rows) {
    std::stringstream out;
    const auto table = make_screen_table(out, screen);
    table->columns(names);
    for (const auto& row : rows)
        table->row(row);
    table->finish();
    std::vector<std::string> lines;
    for (std::string line; std::getline(out, line);)
        lines.push_back(line);
    return lines;
}

const std::vector<std::string> names = {"data_source", "last_success_at_utc", "job_id", "job",
                                        "organisation"};
const Rows loads = {
    {"Finance", "2026-10-11 03:29:32.579301", "0f", "Nightly load of everything", "x"},
    {"CRM", "2026-10-09 03:00:00.000000", "1e", "Weekly", "x"},
    {"倉庫", Value{}, "2d", "Weekly", "x"}};

} // namespace

TEST_CASE("a table that fits shows moments to the second and one organisation not", "[screen]") {
    CHECK(shown(screen_of(100), names, loads) ==
          std::vector<std::string>{
              "data_source  last_success_at_utc  job_id  job",
              "-----------  -------------------  ------  --------------------------",
              "Finance      2026-10-11 03:29:32  0f      Nightly load of everything",
              "CRM          2026-10-09 03:00:00  1e      Weekly",
              "倉庫                              2d      Weekly"});
    Screen north = screen_of(100);
    north.zone = TimeZone::find("Europe/Copenhagen").value();
    CHECK_THAT(shown(north, names, loads)[0], ContainsSubstring("last_success_at  "));
    CHECK_THAT(shown(north, names, loads)[2], ContainsSubstring("2026-10-11 05:29:32"));
    auto several = loads;
    several.back().back() = "y";
    CHECK_THAT(shown(screen_of(100), names, several)[0], ContainsSubstring("organisation"));
}

TEST_CASE("a table that is too wide shows ages, then drops columns, then shortens", "[screen]") {
    CHECK(shown(screen_of(65), names, loads)[2] ==
          "Finance      2026-10-11 03:29:32  Nightly load of everything");
    CHECK(shown(screen_of(58), names, loads)[2] ==
          "Finance      8 h ago          Nightly load of everything");
    CHECK(shown(screen_of(43), names, loads) ==
          std::vector<std::string>{
              "data_source  last_succ…  job", "-----------  ----------  ------------------",
              "Finance      8 h ago     Nightly load of e…", "CRM          2 d ago     Weekly",
              "倉庫                     Weekly", "not shown: job_id; --wide shows every column"});
    for (const std::size_t columns : {20U, 30U, 50U, 80U}) {
        for (const std::string& line : shown(screen_of(columns), names, loads)) {
            CAPTURE(columns, line);
            CHECK((display_width(line) <= columns || line.starts_with("not shown: ")));
        }
    }
    Screen wide = screen_of(20);
    wide.wide = true;
    CHECK_THAT(shown(wide, names, loads)[2], ContainsSubstring("Nightly load of everything  x"));
}

TEST_CASE("what failed or is late is red, where there are colours", "[screen]") {
    const std::vector<std::string> columns = {"data_source", "is_late", "last_outcome"};
    const Rows rows = {{"A", std::int64_t{1}, "succeeded"}, {"B", std::int64_t{0}, "failed"}};
    Screen screen = screen_of(80);
    for (const std::string& line : shown(screen, columns, rows))
        CHECK_THAT(line, !ContainsSubstring("\x1b"));
    screen.colour = true;
    const auto lines = shown(screen, columns, rows);
    CHECK(lines[2] == "\x1b[31mA          \x1b[0m  \x1b[31m      1\x1b[0m  succeeded");
    CHECK(lines[3] == "B                  0  \x1b[31mfailed      \x1b[0m");
}

TEST_CASE("ages are told in the unit that leaves out least", "[screen]") {
    using namespace std::chrono_literals;
    CHECK(age_text(noon - 0s, noon) == "0 s ago");
    CHECK(age_text(noon - 119s, noon) == "119 s ago");
    CHECK(age_text(noon - 120s, noon) == "2 min ago");
    CHECK(age_text(noon - 2h, noon) == "2 h ago");
    CHECK(age_text(noon - 47h, noon) == "47 h ago");
    CHECK(age_text(noon - 48h, noon) == "2 d ago");
    CHECK(age_text(noon + 3h, noon) == "in 3 h");
}

TEST_CASE("a terminal's columns are counted as it shows them", "[screen]") {
    CHECK(display_width("Ærø – æ") == 7);
    CHECK(display_width("倉庫") == 4);
    CHECK(display_width("e\u0301") == 1);                    // a letter and an accent
    CHECK(display_width("\U0001F680") == 2);                 // a rocket
    CHECK(display_width("\u2764\uFE0F") == 2);               // a heart as an emoji
    CHECK(display_width("\U0001F469\u200D\U0001F4BB") == 2); // a woman and a laptop, joined
    CHECK(display_width("\U0001F1E9\U0001F1F0") == 2);       // the flag of Denmark
    CHECK(display_width("\xFF") == 1);
    CHECK(cut_to_width("倉庫倉庫", 5) == "倉庫…");
    CHECK(cut_to_width("倉庫倉庫", 6) == "倉庫…");
    CHECK(cut_to_width("倉庫", 4) == "倉庫");
    CHECK(cut_to_width("abc", 0).empty());
}
