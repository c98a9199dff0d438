// The one request that changes something upstream: sent once, whatever becomes of it.
#include "error.hpp"
#include "source/api_fixture.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <optional>

using namespace tidemark;
using namespace tidemark::source_test;
using test::ClosedPort;

namespace {

const std::string trigger = "11111111-2222-3333-4444-555555555555";

std::string answer_about(const Job& about, const std::string& trigger_id) {
    return R"({"JobId":")" + to_text(about.id) + R"(","Message":"Job queued","TriggerId":")" +
           trigger_id + "\"}";
}

enum class Became { queued, refused, unknown };

struct Attempt {
    Became became = Became::queued;
    std::string words;
    std::optional<QueuedRun> run;
};

Attempt execute_at(const SourceConfig& config) {
    const auto api = open_api_source(config, secret, quick());
    try {
        return {.run = api->execute(job(1))};
    } catch (const AnswerLost& error) {
        return {.became = Became::unknown, .words = error.what()};
    } catch (const Error& error) {
        return {.became = Became::refused, .words = error.what()};
    }
}

std::vector<Asked> posts(const HttpServer& server) {
    std::vector<Asked> all = server.asked();
    std::erase_if(all, [](const Asked& asked) { return asked.method != "POST"; });
    return all;
}

/// What becomes of a run when the request for it is answered like this. It is sent once.
Attempt execute_against(const Reply& reply) {
    const HttpServer server([&](const Asked&) { return reply; });
    Attempt attempt = execute_at(config_for(server.url()));
    CHECK(server.asked().size() == 1);
    CHECK(posts(server).size() == 1);
    return attempt;
}

} // namespace

TEST_CASE("A run is queued by one POST without content, which carries the key", "[execute]") {
    const HttpServer server(
        [](const Asked&) { return respond(200, answer_about(job(1), trigger)); });
    const Attempt attempt = execute_at(config_for(server.url()));
    REQUIRE(attempt.run);
    CHECK(to_text(attempt.run->trigger_id) == trigger);
    CHECK(attempt.run->message == "Job queued");
    REQUIRE(server.asked().size() == 1);
    const Asked asked = server.asked().front();
    CHECK(asked.method == "POST");
    CHECK(asked.path == "/public/jobs/" + to_text(job(1).id) + "/execute");
    CHECK(asked.headers.at("apikey") == secret);
    CHECK(asked.headers.at("content-length") == "0");
    CHECK_FALSE(asked.headers.contains("content-type"));
}

TEST_CASE("The answer is read however its members are written", "[execute]") {
    const Attempt attempt = execute_against(
        respond(202, R"({"triggerId":"{11111111-2222-3333-4444-555555555555}","more":[1]})"));
    REQUIRE(attempt.run);
    CHECK(to_text(attempt.run->trigger_id) == trigger);
    CHECK(attempt.run->message.empty());
}

TEST_CASE("An answer that shows the key does not spread it", "[execute]") {
    const Attempt attempt = execute_against(
        respond(200, R"({"TriggerId":")" + trigger + R"(","Message":"by )" + secret + "\"}"));
    REQUIRE(attempt.run);
    CHECK(attempt.run->message == "by ***");
}

TEST_CASE("A request that the server refuses queued nothing", "[execute]") {
    const int status = GENERATE(400, 401, 403, 404, 409, 429, 307, 308);
    CAPTURE(status);
    const Attempt attempt =
        execute_against(respond(status, "no", "Location: /elsewhere\r\nRetry-After: 0\r\n"));
    CHECK(attempt.became == Became::refused);
    CHECK_THAT(attempt.words, ContainsSubstring("POST "));
    CHECK_THAT(attempt.words, ContainsSubstring("HTTP " + std::to_string(status)));
}

TEST_CASE("Of an answer that says nothing of the run it is not known whether it was queued",
          "[execute]") {
    const std::string other = answer_about(job(2), trigger);
    const std::string none = answer_about(job(1), "00000000-0000-0000-0000-000000000000");
    const Reply reply = GENERATE_COPY(
        respond(408, ""), respond(500, ""), respond(502, "<html>"),
        respond(503, "", "Retry-After: 0\r\n"), respond(504, ""),
        respond(302, "", "Location: /elsewhere\r\n"), respond(303, "", "Location: /elsewhere\r\n"),
        respond(200, ""), respond(200, "<html>Please sign in</html>"), respond(200, "[]"),
        respond(200, R"({"JobId":null})"), respond(200, other), respond(200, none),
        respond(204, ""), respond(206, "{"));
    CAPTURE(reply.bytes);
    const Attempt attempt = execute_against(reply);
    CHECK(attempt.became == Became::unknown);
    CHECK_THAT(attempt.words, ContainsSubstring("POST "));
}

TEST_CASE("An answer that breaks off is lost", "[execute]") {
    const auto then = GENERATE(Reply::Then::close, Reply::Then::reset);
    const std::string whole = respond(200, answer_about(job(1), trigger)).bytes;
    const std::size_t bytes = GENERATE_COPY(std::size_t{0}, whole.find("{") - 30, whole.size() - 5);
    CHECK(execute_against({whole.substr(0, bytes), then}).became == Became::unknown);
}

// libcurl sends a request again by itself when a connection that it used before turns out to be
// dead.
TEST_CASE("A run is not asked for twice over a connection that was used before", "[execute]") {
    const auto then = GENERATE(Reply::Then::close, Reply::Then::reset);
    const HttpServer server([&](const Asked& asked) {
        return asked.method == "GET" ? respond(200, "[]") : Reply{"", then};
    });
    const auto api = open_api_source(config_for(server.url()), secret, quick());
    api->jobs();
    CHECK_THROWS_AS(api->execute(job(1)), AnswerLost);
    CHECK(posts(server).size() == 1);
    api->jobs();
    CHECK(posts(server).size() == 1);
    CHECK(api->requests() == 3);
}

TEST_CASE("A server that does not answer has perhaps queued the run", "[execute]") {
    const HttpServer server([](const Asked&) { return Reply{"", Reply::Then::stay_silent}; });
    SourceConfig config = config_for(server.url());
    config.stall_timeout = std::chrono::seconds{1};
    CHECK(execute_at(config).became == Became::unknown);
    CHECK(posts(server).size() == 1);
}

TEST_CASE("Where nobody listens nothing was queued", "[execute]") {
    const ClosedPort closed;
    CHECK(execute_at(config_for(closed.url())).became == Became::refused);
}
