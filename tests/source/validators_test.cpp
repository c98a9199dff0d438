#include "source/api_fixture.hpp"
#include "source/downloads.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace tidemark::source_test;

namespace {

constexpr auto modified = "Fri, 09 Oct 2026 03:00:00 GMT";
constexpr auto a_minute_later = "Fri, 09 Oct 2026 03:01:00 GMT";
constexpr auto sooner = "Fri, 09 Oct 2026 03:00:59 GMT";

std::string unsent() { return "HTTP/1.1 304 Not Modified\r\n\r\n"; }

/// What a reader that has this version is told by a server that answers so.
RecordingReader read_with(const BodyVersion& stored, const Reply& answer,
                          std::vector<Asked>* asked = nullptr) {
    HttpServer server([&](const Asked&) { return answer; });
    RecordingReader reader;
    reader.stored[job(0).id] = stored;
    open(config_for(server.url()))->read_logs(some_jobs(1), reader);
    if (asked != nullptr) *asked = server.asked();
    return reader;
}

} // namespace

TEST_CASE("A version is what the response says of it") {
    CHECK(version_of({.etag = "\"a\""}) == BodyVersion{"\"a\"", ""});
    CHECK(version_of({.etag = "W/\"a\""}) == BodyVersion{"W/\"a\"", ""});
    CHECK(version_of({.last_modified = modified, .date = a_minute_later}) ==
          BodyVersion{"", modified});
    CHECK(version_of({}).empty());
}

TEST_CASE("A date that may hold for two bodies is no version") {
    CHECK(version_of({.last_modified = modified, .date = sooner}).empty());
    CHECK(version_of({.last_modified = modified}).empty());
    CHECK(version_of({.last_modified = "yesterday", .date = a_minute_later}).empty());
}

TEST_CASE("A version that no header can carry is neither kept nor sent") {
    const std::string broken = GENERATE(as<std::string>{}, "\"a\"\r\nX: y", std::string(1025, 'x'));
    CHECK(version_of({.etag = broken}).empty());
    CHECK(unless_of({broken, ""}).empty());
}

TEST_CASE("A body that the reader has is asked for only if it changed") {
    std::vector<Asked> asked;
    const auto reader = read_with({"W/\"a\"", modified}, {unsent()}, &asked);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].headers["if-none-match"] == "W/\"a\"");
    CHECK(asked[0].headers["if-modified-since"] == modified);
    CHECK(reader.not_sent == std::vector{job(0).id});
    CHECK(reader.done.empty());
    CHECK(reader.failures.empty());
}

TEST_CASE("A body that changed is sent with its new version") {
    const auto reader = read_with({"\"a\"", ""}, respond(200, "[]", "ETag: \"b\"\r\n"));
    CHECK(reader.done == std::vector{job(0).id});
    CHECK(reader.versions.at(job(0).id) == BodyVersion{"\"b\"", ""});
}

TEST_CASE("Without a version nothing is asked for on a condition, and no 304 is taken") {
    std::vector<Asked> asked;
    const auto reader = read_with({}, {unsent()}, &asked);
    REQUIRE(asked.size() == 1);
    CHECK_FALSE(asked[0].headers.contains("if-none-match"));
    CHECK_FALSE(asked[0].headers.contains("if-modified-since"));
    CHECK(reader.not_sent.empty());
    CHECK_THAT(reader.failures.at(job(0).id), ContainsSubstring("HTTP 304"));
}

TEST_CASE("The version is asked for again after a fault that passes") {
    HttpServer server([count = std::make_shared<std::atomic<int>>(0)](const Asked&) {
        return (*count)++ == 0 ? respond(500, "") : Reply{unsent()};
    });
    RecordingReader reader;
    reader.stored[job(0).id] = {"\"a\"", ""};
    open(config_for(server.url()))->read_logs(some_jobs(1), reader);
    CHECK(reader.not_sent == std::vector{job(0).id});
    CHECK(server.asked().at(1).headers["if-none-match"] == "\"a\"");
}
