#include "output/printable.hpp"
#include "output/row_printer.hpp"
#include "support/catch.hpp"

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
