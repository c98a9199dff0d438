#include "support/catch.hpp"
#include "text/foreign_text.hpp"

using tidemark::describe_foreign_body;
using tidemark::foreign_notation;

TEST_CASE("What other languages write in the place of JSON is named") {
    const std::string where = "is not valid JSON: it holds ";
    CHECK(foreign_notation(R"({"a":None})") == where + "'None', where JSON has 'null'");
    CHECK(foreign_notation(R"({"a":[1,True]})") == where + "'True', where JSON has 'true'");
    CHECK(foreign_notation(R"({"a": False })") == where + "'False', where JSON has 'false'");
    CHECK(foreign_notation(R"({"a":NaN})") == where + "'NaN', where JSON has 'null'");
    CHECK(foreign_notation(R"({"a":-Infinity})") == where + "'Infinity', where JSON has 'null'");
    CHECK(foreign_notation(R"({"a":undefined})") == where + "'undefined', where JSON has 'null'");
    CHECK(foreign_notation("{'a':1}") == where + "single quotes, where JSON has double ones");
}

TEST_CASE("What stands within a text is none of it") {
    CHECK(foreign_notation(R"({"None":"True 'NaN' \" None","a":null,"b":NoneAtAll})") == "");
    CHECK(foreign_notation(R"({"a":"None)") == "");
    CHECK(foreign_notation(R"("\)") == "");
    CHECK(foreign_notation("") == "");
}

TEST_CASE("A compressed body is named by what compressed it") {
    CHECK_THAT(describe_foreign_body("\x1F\x8B\x08"), ContainsSubstring("compressed (gzip)"));
    CHECK_THAT(describe_foreign_body("PK\x03\x04"), ContainsSubstring("compressed (zip)"));
    CHECK_THAT(describe_foreign_body("\x28\xB5\x2F\xFD"), ContainsSubstring("compressed (zstd)"));
}
