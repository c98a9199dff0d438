#include "support/catch.hpp"
#include "templates/template.hpp"

#include <chrono>

using namespace tidemark;

namespace {

/// The kinds and texts of a message's parts.
std::vector<std::pair<PartKind, std::string>> parts(const std::string& message) {
    std::vector<std::pair<PartKind, std::string>> found;
    for (const VariablePart& part : variable_parts(message))
        found.emplace_back(part.kind, message.substr(part.begin, part.end - part.begin));
    return found;
}

} // namespace

TEST_CASE("a mask leaves the words and takes out what varies") {
    CHECK(mask_of("Transfer task 'Navision - Full load' completed, 12,345 rows") ==
          "Transfer task <name> completed, <number> rows");
    CHECK(mask_of("Job execution started") == "Job execution started");
    CHECK(
        mask_of(
            "batch d9854698-cd42-487b-8202-8683afa39b92 {D9854698-CD42-487B-8202-8683AFA39B92}") ==
        "batch <guid> {<guid>}");
    CHECK(mask_of("").empty());
}

TEST_CASE("numbers of any culture, hexadecimal ones, addresses and sizes are numbers") {
    for (const std::string number : {"7",
                                     "12345",
                                     "1,234.56",
                                     "1.234,56",
                                     "1'234'567",
                                     "1 234 567",
                                     "1\xC2\xA0"
                                     "234",
                                     "-5",
                                     "+5",
                                     "1e10",
                                     "1.5E-3",
                                     "0x1F",
                                     "0xdeadBEEF",
                                     "a489c868f0c3",
                                     "10.1.2.3",
                                     "10.1.2.3:1433",
                                     "db-1.example:1433",
                                     "5.2 KB",
                                     "12MB",
                                     "fe80:0:0:0:c6b3:1ff:fecd:467f",
                                     "00:11:43:e3:ba:c3"}) {
        CAPTURE(number);
        CHECK(mask_of("read " + number + ", done") == "read <number>, done");
    }
    CHECK(mask_of("3rd of Load2") == "<number>rd of Load<number>");
    CHECK(mask_of("rows=5 (-3)") == "rows=<number> (<number>)");
    CHECK(mask_of("beef and deed") == "beef and deed");
    CHECK(mask_of("5 100 rows") == "<number> rows");
    CHECK(mask_of("code 5 1000") == "code <number> <number>");
}

TEST_CASE("dates, times of day and durations are times") {
    for (const std::string time :
         {"2026-10-09", "2026-10-09T03:00:00", "2026-10-09T03:00:00.1234567Z",
          "2026-10-09 03:00:00+02:00", "2026-10-09T03:00:00-0500", "9/10/2026 3:00:00 AM",
          "10/9/26", "09.10.2026 03:00", "2026/10/09", "03:00", "03:00:00.5", "00:12:34",
          "100:00:00", "1.02:03:04.5", "250 ms", "250ms", "1.5 seconds", "12 min", "3h"}) {
        CAPTURE(time);
        CHECK(mask_of("at " + time + ", done") == "at <time>, done");
    }
    CHECK(mask_of("version 1.2.3") == "version <number>");
    CHECK(mask_of("ratio 3:1") == "ratio <number>:<number>");
}

TEST_CASE("files, shares, addresses of pages and names with backslashes are paths") {
    for (const std::string path :
         {R"(C:\data\in.csv)", R"(C:\Program Files\Some Tool\run.exe)", R"(\\server\share\x)",
          R"(DOMAIN\etl)", "/var/log/x.log", "https://gateway.example/a?b=c#d"}) {
        CAPTURE(path);
        CHECK(mask_of("open " + path + ", failed") == "open <path>, failed");
    }
    CHECK(mask_of("in C:\\src\\Load.cs:line 12") == "in <path>:line <number>");
    CHECK(mask_of("read/write and/or") == "read/write and/or");
    CHECK(mask_of("see /help.") == "see <path>.");
}

TEST_CASE("what stands in quotes is a name, apostrophes within it included") {
    for (const std::string name :
         {"'GL'", "\"GL entries\"", "`GL`", "\xC2\xABGL\xC2\xBB", "\xE2\x80\x9CGL\xE2\x80\x9D",
          "\xE2\x80\x9EGL\xE2\x80\x9C", "\xE2\x80\x98GL\xE2\x80\x99", "'O'Brien'", "'O''Brien'",
          "''", "'12 rows of 3'", "[dbo].[Orders]", "[a].[b].[c]"}) {
        CAPTURE(name);
        CHECK(mask_of("task " + name + " ended") == "task <name> ended");
    }
    CHECK(mask_of("('a','b')") == "(<name>,<name>)");
    CHECK(mask_of("[client] [x]") == "[client] [x]");
}

TEST_CASE("a quote that does not close is a character like any other") {
    CHECK(mask_of("don't load the tasks' rows") == "don't load the tasks' rows");
    CHECK(mask_of("task 'GL ended with 5") == "task 'GL ended with <number>");
    CHECK(mask_of("task 'GL\nended' well") == "task 'GL ended' well");
    CHECK(mask_of("' ' '") == "' ' '");
    CHECK(mask_of("'" + std::string(300, 'x') + "' 5") ==
          "'" + std::string(300, 'x') + "' <number>");
}

TEST_CASE("what is quoted and holds a path is no name") {
    CHECK(mask_of("\"GET /v2/5/orders HTTP/1.1\" 200") == "\"GET <path> HTTP/<number>\" <number>");
}

TEST_CASE("white space and line breaks become one space") {
    CHECK(mask_of("  a \t b\r\n  c\n") == "a b c");
    CHECK(mask_of(" \n ").empty());
}

TEST_CASE("a mask looks at the first 4 KiB of a message, by whole characters") {
    const std::string begin(masked_bytes - 1, 'x');
    CHECK(mask_of(begin + "yz 5") == begin + "y");
    CHECK(mask_of(begin + "\xC3\x84 5") == begin);
    CHECK(masked_part(begin + "\xC3\x84 5") == begin);
    const std::string huge = "task 'GL' failed " + std::string(8U << 20U, '5');
    CHECK(mask_of(huge) == "task <name> failed <number>");
    CHECK(mask_of(huge) == mask_of(masked_part(huge)));
}

TEST_CASE("bytes that are no UTF-8 are taken as letters") {
    CHECK(mask_of("a\xFF"
                  "b \xC3") == "a\xFF"
                               "b \xC3");
    CHECK(mask_of("\xE2\x80") == "\xE2\x80");
    CHECK(mask_of("'\xC2") == "'\xC2");
}

TEST_CASE("a mask is appended to what the buffer holds") {
    std::string buffer = "before ";
    append_mask("  5 rows ", buffer);
    CHECK(buffer == "before <number> rows");
}

TEST_CASE("the parts of a message are those that its mask leaves out") {
    using Parts = std::vector<std::pair<PartKind, std::string>>;
    CHECK(parts("task 'GL'  read -5 rows") ==
          Parts{{PartKind::name, "'GL'"}, {PartKind::space, "  "}, {PartKind::number, "-5"}});
    CHECK(parts(" 'GL'") == Parts{{PartKind::space, " "}, {PartKind::name, "'GL'"}});
}

TEST_CASE("a message of nothing but openings is masked in no time") {
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string piece : {"'a ", "\"a ", "[", "a:", "1.", "1:1:", "a.b-",
                                    "\xC2\xAB"
                                    "a ",
                                    "\\", "/", "C:\\a ", "0x", "-1"}) {
        std::string message;
        while (message.size() < masked_bytes)
            message += piece;
        mask_of(message + "Z");
    }
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{2});
}

TEST_CASE("a shape's key is that of its mask") {
    CHECK(shape_key(mask_of("task 'a' read 5 rows")) == shape_key(mask_of("task 'b' read 6 rows")));
    CHECK(shape_key(mask_of("task 'a' read 5 rows")) !=
          shape_key(mask_of("task 'a' read 5 lines")));
    // it is stored: another algorithm would make two shapes of one
    CHECK(shape_key("Transfer task <name> completed, <number> rows") == -86990160077013173);
}
