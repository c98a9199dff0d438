#include "cli/row_selection.hpp"
#include "error.hpp"
#include "support/catch.hpp"

#include <sstream>

using namespace tidemark;

namespace {

std::string selected(Selection selection) {
    std::ostringstream out;
    const auto printer = make_row_printer(Format::csv, out);
    const auto rows = select_rows(std::move(selection), *printer);
    rows->columns({"job", "hours", "note"});
    rows->row({"Nightly", std::int64_t{10}, "a=b"});
    rows->row({"Weekly", 9.5, Value{}});
    rows->row({"nightly test", std::int64_t{9}, "c"});
    rows->row({"Never", Value{}, ""});
    rows->finish();
    return out.str();
}

} // namespace

TEST_CASE("rows are selected by value, sorted by number, cut to a limit", "[query]") {
    CHECK(selected({.columns = {"hours", "job"}, .where = {"job=Nightly*"}}) ==
          "hours,job\r\n10,Nightly\r\n9,nightly test\r\n");
    CHECK(selected({.columns = {"job"}, .where = {"job=Nightly*", "hours=9"}}) ==
          "job\r\nnightly test\r\n");
    CHECK(selected({.columns = {"job"}, .where = {"note=a=b"}}) == "job\r\nNightly\r\n");
    CHECK(selected({.columns = {"job"}, .where = {"note="}}) == "job\r\nWeekly\r\nNever\r\n");
    CHECK(selected({.columns = {"hours"}, .sort = "hours"}) == "hours\r\n9\r\n9.5\r\n10\r\n\r\n");
    CHECK(selected({.columns = {"hours"}, .limit = 2, .sort = "hours", .descending = true}) ==
          "hours\r\n10\r\n9.5\r\n");
    CHECK(selected({.columns = {"job"}, .limit = 1}) == "job\r\nNightly\r\n");
}

TEST_CASE("a selection names the column that is not there", "[query]") {
    CHECK_THROWS_WITH(selected({.columns = {"hour"}}),
                      "there is no column 'hour' (did you mean 'hours'?)");
    CHECK_THROWS_AS(selected({.where = {"jobb=x"}}), ConfigError);
    CHECK_THROWS_WITH(selected({.where = {"job"}}), "'--where' must be COLUMN=VALUE, not 'job'");
    CHECK_THROWS_AS(selected({.sort = "x"}), ConfigError);
}
