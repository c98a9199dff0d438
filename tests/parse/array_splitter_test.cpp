#include "error.hpp"
#include "parse/array_splitter.hpp"
#include "support/catch.hpp"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace tidemark;

namespace {

struct Split {
    std::vector<std::string> elements;
    bool closed = false;
    bool empty = false;

    bool operator==(const Split&) const = default;
};

Split split(std::string_view body, std::size_t chunk, std::size_t limit = 1U << 20U) {
    Split result;
    ArraySplitter splitter{limit, [&](const ArrayElement& element) {
                               REQUIRE(element.index == result.elements.size());
                               REQUIRE(element.bytes == element.json.size());
                               REQUIRE_FALSE(element.oversized);
                               REQUIRE(element.hash == 0);
                               result.elements.emplace_back(element.json);
                               return true;
                           }};
    for (std::size_t at = 0; at < body.size(); at += chunk) {
        const bool goes_on = splitter.feed(body.substr(at, chunk));
        REQUIRE(goes_on);
    }
    result.closed = splitter.closed();
    result.empty = splitter.empty();
    return result;
}

std::vector<std::string> elements(std::string_view body) {
    const Split result = split(body, body.size());
    REQUIRE(result.closed);
    return result.elements;
}

std::string failure(std::string_view body, std::size_t chunk = 1U << 20U) {
    try {
        split(body, chunk);
    } catch (const JobError& error) {
        return error.what();
    }
    return "";
}

std::string file_text(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> sample_bodies() {
    std::vector<std::string> bodies;
    const std::filesystem::path samples = TIDEMARK_REPOSITORY "/tests/samples";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(samples)) {
        const bool is_log = entry.path().parent_path().filename() == "logs";
        if (is_log) bodies.push_back(file_text(entry.path()));
    }
    return bodies;
}

const std::vector<std::string> documents{
    "[]",
    " \t\r\n[ ] \n",
    "\xEF\xBB\xBF[1]",
    "\xEF\xBB\xBF \n[{}]",
    R"([{"a":[1,{"b":"]}"}]},null , "x,]\"\\" ,-1.5e3,true,[[],[{}]]])",
    R"(["\\","\\\"","\\\\\",","",{"\\":"\\"},{"a\"}":"[\\\""}])",
    R"([ {"a" : "\u0041{" } , 12 ,{} ])",
    "[\"h\xC3\xA9\", {\"\xE2\x82\xAC\": [\"\xF0\x9F\x98\x80\"]}]"};

} // namespace

TEST_CASE("An array is cut into elements of any kind, white space around them left out") {
    CHECK(elements(documents[4]) == std::vector<std::string>{R"({"a":[1,{"b":"]}"}]})", "null",
                                                             R"("x,]\"\\")", "-1.5e3", "true",
                                                             "[[],[{}]]"});
    CHECK(elements(documents[6]) == std::vector<std::string>{R"({"a" : "\u0041{" })", "12", "{}"});
    CHECK(elements(documents[5]).size() == 6);
    CHECK(elements("[]").empty());
    CHECK(elements("[1]\n\n").size() == 1);
}

TEST_CASE("A byte order mark and white space before the array are passed over") {
    CHECK(elements("\xEF\xBB\xBF \n[1]") == std::vector<std::string>{"1"});
}

TEST_CASE("The elements are the same wherever the stream is cut in two") {
    for (const std::string& document : documents) {
        const Split whole = split(document, document.size());
        REQUIRE(whole.closed);
        for (std::size_t cut = 1; cut < document.size(); ++cut) {
            Split parts;
            ArraySplitter splitter{1000, [&](const ArrayElement& element) {
                                       parts.elements.emplace_back(element.json);
                                       return true;
                                   }};
            splitter.feed(std::string{document.substr(0, cut)});
            splitter.feed("");
            splitter.feed(std::string{document.substr(cut)});
            parts.closed = splitter.closed();
            INFO(document << " cut at " << cut);
            REQUIRE(parts == whole);
        }
    }
}

TEST_CASE("The elements are the same for chunks of any size") {
    for (const std::string& document : documents) {
        const Split whole = split(document, document.size());
        for (std::size_t chunk = 1; chunk < document.size(); ++chunk) {
            INFO(document << " in chunks of " << chunk);
            REQUIRE(split(document, chunk) == whole);
        }
    }
}

TEST_CASE("The sample bodies are cut alike for chunks of any size") {
    const auto bodies = sample_bodies();
    REQUIRE(bodies.size() == 9);
    for (const std::string& body : bodies) {
        const Split whole = split(body, body.size());
        REQUIRE(whole.closed);
        REQUIRE(std::all_of(whole.elements.begin(), whole.elements.end(), [](const auto& json) {
            return json.starts_with('{') && json.ends_with('}');
        }));
        for (const std::size_t chunk : {1U, 2U, 3U, 7U, 64U, 1021U, 4096U}) {
            REQUIRE(split(body, chunk) == whole);
        }
    }
}

TEST_CASE("Every beginning of a body is known to be cut short") {
    const std::string body = R"( [{"a":"]"}, "x", 12 ])";
    for (std::size_t size = 0; size < body.size(); ++size) {
        INFO(body.substr(0, size));
        CHECK_FALSE(split(body.substr(0, size), 5).closed);
        CHECK(split(body.substr(0, size), 5).empty == (size < 2));
    }
}

TEST_CASE("Nothing but white space is an empty body") {
    for (const std::string_view body : {"", "\n \t", "\xEF\xBB\xBF"}) {
        const Split result = split(body, 1);
        CHECK(result.empty);
        CHECK_FALSE(result.closed);
    }
}

TEST_CASE("An array that is none is told by the byte") {
    CHECK_THAT(failure("[1,]"), ContainsSubstring("an element is missing at byte 3"));
    CHECK_THAT(failure("[,1]"), ContainsSubstring("an element is missing at byte 1"));
    CHECK_THAT(failure("[1,,2]"), ContainsSubstring("an element is missing at byte 3"));
    CHECK_THAT(failure("[{} {}]"), ContainsSubstring("a comma is missing, or a bracket too many "
                                                     "at byte 4, before '{}]'"));
    CHECK_THAT(failure("[1 2]"), ContainsSubstring("at byte 3"));
    CHECK_THAT(failure("[1\"a\"]"), ContainsSubstring("a comma is missing at byte 2"));
    CHECK_THAT(failure("[\"a\"1]"), ContainsSubstring("at byte 4"));
    CHECK_THAT(failure("[}"), ContainsSubstring("an element cannot begin so at byte 1"));
    CHECK_THAT(failure("[{}}"), ContainsSubstring("at byte 3"));
    CHECK_THAT(failure("[{\"a\":1],2]"), ContainsSubstring("']' closes what '{' opened at byte 7"));
    CHECK_THAT(failure("[[1}]"), ContainsSubstring("'}' closes what '[' opened at byte 3"));
    CHECK_THAT(failure("[] x"), ContainsSubstring("something follows the array at byte 3"));
    CHECK_THAT(failure("[1][2]"), ContainsSubstring("something follows the array at byte 3"));
}

TEST_CASE("The byte of an error is counted across chunks") {
    for (std::size_t chunk = 1; chunk < 8; ++chunk) {
        CHECK_THAT(failure("[\"abc\", 1,]", chunk), ContainsSubstring("at byte 10"));
        CHECK_THAT(failure("[{\"a\":1],2]", chunk), ContainsSubstring("at byte 7"));
    }
}

TEST_CASE("A mismatch within an element is left to the parser") {
    CHECK(elements("[{\"a\":[1}},2]").size() == 2);
}

TEST_CASE("A body that is no array is described") {
    CHECK_THAT(failure("<html>\n<body>Sign in"),
               ContainsSubstring("the body is no array: it is HTML or XML") &&
                   ContainsSubstring("'<html> <body>Sign in'"));
    CHECK_THAT(failure(" {\"error\":\n\"no\"}"),
               ContainsSubstring("is an object: '{\"error\": \"no\"}'"));
    CHECK_THAT(failure("\xFF\xFE[\0"), ContainsSubstring("is UTF-16, and has to be UTF-8"));
    CHECK_THAT(failure("\xFE\xFF"), ContainsSubstring("is UTF-16, and has to be UTF-8"));
    CHECK_THAT(failure(std::string{"[\0{\0", 4}), ContainsSubstring("is UTF-16"));
    CHECK_THAT(failure(std::string{"\0[\0{", 4}), ContainsSubstring("is UTF-16"));
    CHECK_THAT(failure(std::string{"{\0\"\0", 4}), ContainsSubstring("is UTF-16"));
    CHECK_THAT(failure("Bad gateway"), ContainsSubstring("begins with 'Bad gateway'"));
    CHECK_THAT(failure("\xEF\xBB{"), ContainsSubstring("the body is no array"));
    CHECK(failure("{" + std::string(500, 'x')).size() < 150);
}

TEST_CASE("A body that is no array is described whatever the size of the chunks") {
    CHECK_THAT(failure("  <html>", 1), ContainsSubstring("is HTML"));
    CHECK_THAT(failure("{\"a\":1}", 1), ContainsSubstring("is an object"));
    CHECK_THAT(failure("\xFF\xFE[\0", 1), ContainsSubstring("is UTF-16"));
    CHECK_THAT(failure(std::string{"[\0{\0", 4}, 1), ContainsSubstring("is UTF-16"));
}

TEST_CASE("Nothing more is handed out once the sink has enough") {
    int seen = 0;
    ArraySplitter splitter{100, [&](const ArrayElement&) { return ++seen < 2; }};
    CHECK_FALSE(splitter.feed("[1,2,3,4"));
    CHECK_FALSE(splitter.feed(",5]"));
    CHECK(seen == 2);
    CHECK_FALSE(splitter.closed());
}

TEST_CASE("An oversized element is skipped with its beginning, size and hash kept") {
    const std::string large = "{\"a\":\"" + std::string(100'000, 'x') + "\"}";
    const std::string body = "[1," + large + ",\"" + std::string(998, 'y') + "\",{}]";
    for (const std::size_t chunk :
         {std::size_t{1}, std::size_t{1000}, std::size_t{70'000}, body.size()}) {
        std::vector<ArrayElement> seen;
        std::vector<std::string> texts;
        ArraySplitter splitter{1000, [&](const ArrayElement& element) {
                                   seen.push_back(element);
                                   texts.emplace_back(element.json);
                                   return true;
                               }};
        for (std::size_t at = 0; at < body.size(); at += chunk) {
            splitter.feed(body.substr(at, chunk));
        }
        INFO("chunks of " << chunk);
        REQUIRE(splitter.closed());
        REQUIRE(seen.size() == 4);
        CHECK(seen[1].oversized);
        CHECK(seen[1].index == 1);
        CHECK(seen[1].bytes == large.size());
        CHECK(seen[1].hash == XXH3_64bits(large.data(), large.size()));
        CHECK(texts[1] == large.substr(0, 64U << 10U));
        CHECK_FALSE(seen[2].oversized);
        CHECK(texts[2].size() == 1000);
        CHECK(texts[3] == "{}");
    }
}

TEST_CASE("Brackets nest as deep as they like") {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    CHECK(elements("[" + deep + "]").front() == deep);
}
