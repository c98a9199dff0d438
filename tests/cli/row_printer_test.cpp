#include "cli/row_printer.hpp"
#include "support/catch.hpp"
#include "text/terminal.hpp"

#include <sstream>

using namespace tidemark;

namespace {

std::string print(Format format, const std::vector<std::vector<Value>>& rows) {
    std::ostringstream out;
    const auto printer = make_row_printer(format, out);
    printer->columns({"name", "n"});
    for (const auto& row : rows)
        printer->row(row);
    printer->finish();
    return out.str();
}

} // namespace

TEST_CASE("a table is aligned by characters, numbers to the right") {
    CHECK(print(Format::table, {{"Økonomi", std::int64_t{5}}, {"a", std::int64_t{500}}}) ==
          "name     n\n"
          "-------  ---\n"
          "Økonomi    5\n"
          "a        500\n");
}

TEST_CASE("a table shows control characters instead of sending them to the terminal") {
    CHECK(print(Format::table, {{"a\x1b[2Jb\nc\xC2\x9B", Value{}}}) == "name              n\n"
                                                                       "----------------  -\n"
                                                                       "a\\x1b[2Jb\\nc\\x9b\n");
}

TEST_CASE("what a terminal would obey becomes visible, and nothing else does") {
    CHECK(printable("Økonomi – “日本” 🙂") == "Økonomi – “日本” 🙂");
    CHECK(printable("a\u202Eb\u2066c\u2069\u200F\u061C") ==
          "a\\u202eb\\u2066c\\u2069\\u200f\\u061c");
    CHECK(printable("a\u2028b\u2029c\u0085d\u0080") == "a\\u2028b\\u2029c\\x85d\\x80");
    CHECK(printable(std::string_view{"a\0b\x7F", 4}) == "a\\x00b\\x7f");
    // bytes that are no UTF-8 are controls to a terminal of eight bits
    CHECK(printable("\x9B[2J") == "\\x9b[2J");
    CHECK(printable("caf\xE9") == "caf\\xe9");
    CHECK(printable("\xC0\x9B\xE0\x82\x9B") == "\\xc0\\x9b\\x9b"); // overlong forms
    CHECK(printable("\xE2\x80") == "\\xe2\\x80");
}

TEST_CASE("text of several lines keeps its lines and tabs") {
    CHECK(printable_lines("a\r\n\tb\rc\x1b") == "a\n\tb\\rc\\x1b");
}

TEST_CASE("JSON means the same after what a terminal would obey is gone") {
    CHECK(printable_json("{\"a\":\"\u202E\u009B\x7F\"}") == "{\"a\":\"\\u202e\\u009b\\u007f\"}");
}

TEST_CASE("CSV disarms every beginning of a formula, but leaves numbers alone") {
    for (const std::string beginning :
         {"=", "+", "-", "@", "\t", "\n", "\r\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}) {
        CAPTURE(beginning);
        const auto csv = print(Format::csv, {{beginning + "1", std::int64_t{-1}}});
        CHECK_THAT(csv, ContainsSubstring("'" + (beginning == "\r\n" ? "\n" : beginning) + "1"));
        CHECK_THAT(csv, ContainsSubstring(",-1\r\n"));
    }
    CHECK(print(Format::csv, {{"\r=1", Value{}}}) == "name,n\r\n\\r=1,\r\n");
}

TEST_CASE("CSV quotes what needs it and disarms formulas") {
    CHECK(print(Format::csv, {{"say \"hi\", you", Value{}}, {"=1+1", -1.5}, {"a\nb", Value{}}}) ==
          "name,n\r\n"
          "\"say \"\"hi\"\", you\",\r\n"
          "'=1+1,-1.5\r\n"
          "\"a\nb\",\r\n");
}

TEST_CASE("JSON is an array of objects, empty when there are no rows") {
    CHECK(print(Format::json, {}) == "[]\n");
    CHECK(print(Format::json, {{"a\"b", Value{}}, {"c", std::int64_t{1}}}) ==
          "[\n{\"name\":\"a\\\"b\",\"n\":null},\n{\"name\":\"c\",\"n\":1}\n]\n");
}

TEST_CASE("sizes, durations and counts are worded for people") {
    CHECK(human_bytes(0) == "0 B");
    CHECK(human_bytes(1234) == "1.2 kB");
    CHECK(human_bytes(234e6) == "234 MB");
    CHECK(human_seconds(3.21) == "3.2 s");
    CHECK(human_seconds(245) == "4 min 5 s");
    CHECK(human_seconds(7380) == "2 h 3 min");
    CHECK(count_of(1, "job") == "1 job");
    CHECK(count_of(0, "job") == "0 jobs");
}
