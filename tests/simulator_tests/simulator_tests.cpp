#include "simulator/dump.hpp"
#include "simulator/simulator.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>

using namespace simulator;
using namespace simulator::test;
using tidemark::test::read_file;
using tidemark::test::TemporaryFolder;

namespace {

Simulator small_simulator(const Options& options = small_options()) {
    return Simulator{options, Clock{small_now(), false}};
}

std::string text_of(const Reply& reply) { return collect(reply.body); }

std::string sample_folder() { return TIDEMARK_REPOSITORY "/tests/samples/night1"; }

} // namespace

TEST_CASE("the simulator answers the six calls") {
    auto simulator = small_simulator();
    const std::string logs = logs_path();
    const std::string job = logs.substr(0, logs.size() - 5);
    CHECK_THAT(text_of(simulator.answer(get("/public/jobs"))), ContainsSubstring("nightly"));
    CHECK_THAT(text_of(simulator.answer(get("/public/jobs/status"))),
               ContainsSubstring("\"Status\":0"));
    CHECK_THAT(text_of(simulator.answer(get(job + "/status"))), ContainsSubstring("\"Idle\""));
    CHECK(read_logs(text_of(simulator.answer(get(logs)))).executions.size() == 9);
    const std::string queued = text_of(simulator.answer(post(job + "/execute")));
    CHECK_THAT(queued, ContainsSubstring("TriggerId"));
    const std::string trigger = queued.substr(queued.find("TriggerId\":\"") + 12, 36);
    CHECK(text_of(simulator.answer(get(logs + "/" + trigger))) == "[]");
    CHECK_THAT(text_of(simulator.answer(get(job + "/status"))), ContainsSubstring("\"Pending\""));
    simulator.control(post("/simulator/clock", {{"advance", "60"}}));
    CHECK(read_logs(text_of(simulator.answer(get(logs + "/" + trigger)))).executions.size() == 1);
    CHECK(simulator.answer(get("/public/jobs/d9854698-cd42-487b-8202-8683afa39b92/logs")).status ==
          404);
}

TEST_CASE("the simulator wants the right key in the right header") {
    Options options = small_options();
    options.server.key = "secret";
    auto simulator = small_simulator(options);
    Request request = get("/public/jobs");
    CHECK(simulator.answer(request).status == 401);
    request.headers["apikey"] = "wrong";
    CHECK(simulator.answer(request).status == 401);
    request.headers["apikey"] = "secret";
    CHECK(simulator.answer(request).status == 200);
    simulator.control(post("/simulator/options", {{"forbid", "on"}}));
    CHECK(simulator.answer(request).status == 403);
}

TEST_CASE("the simulator's clock and options change at run time") {
    auto simulator = small_simulator();
    Request clock = post("/simulator/clock");
    clock.body = R"({"now": "2026-10-10T12:00:00Z"})";
    CHECK(text_of(simulator.control(clock)) == "{\"now\":\"2026-10-10T12:00:00Z\"}\n");
    simulator.control(post("/simulator/options", {{"order", "oldest"}, {"casing", "camel"}}));
    const std::string text = text_of(simulator.answer(get(logs_path())));
    CHECK_THAT(text, ContainsSubstring("\"createTime\""));
    CHECK(read_logs(text).executions.size() == 10);
    const Request wrong = post("/simulator/options", {{"casing", "pascal"}, {"order", "up"}});
    CHECK_THROWS_AS(simulator.control(wrong), std::invalid_argument);
    CHECK(text_of(simulator.answer(get(logs_path()))) == text);
}

TEST_CASE("the simulator serves a folder, and the executions of one trigger out of it") {
    auto simulator = small_simulator();
    simulator.control(post("/simulator/folder", {{"path", sample_folder()}}));
    CHECK(text_of(simulator.answer(get("/public/jobs"))) ==
          read_file(sample_folder() + "/jobs.json"));
    const std::string logs = "/public/jobs/2683010d-b94d-4c15-adee-b5ff7fde9f03/logs";
    const auto all = read_logs(text_of(simulator.answer(get(logs))));
    CHECK(all.executions.size() == 9);
    const std::string trigger = all.executions.at(all.ids[2]).members.at("triggerid");
    const auto one = read_logs(text_of(simulator.answer(get(logs + "/" + trigger))));
    CHECK(one.ids == std::vector{all.ids[2]});
    CHECK(simulator.answer(get("/public/jobs/status")).status == 404);
    CHECK(simulator.answer(get("/public/jobs/../logs")).status == 404);
}

TEST_CASE("the simulator's validators tell whether a body has changed") {
    Options options = small_options();
    options.server.etag = true;
    auto simulator = small_simulator(options);
    Request request = get(logs_path());
    const Reply first = simulator.answer(request);
    REQUIRE(first.headers.size() == 1);
    request.headers["if-none-match"] = first.headers[0].second;
    CHECK(simulator.answer(request).status == 304);
    simulator.control(post("/simulator/clock", {{"advance", "86400"}}));
    CHECK(simulator.answer(request).status == 200);
}

TEST_CASE("the simulator tells since when a body has been what it is") {
    Options options = small_options();
    options.server.last_modified = true;
    auto simulator = small_simulator(options);
    Request request = get(logs_path());
    const Reply first = simulator.answer(request);
    REQUIRE(first.headers.size() == 2);
    CHECK(first.headers[0].first == "Last-Modified");
    request.headers["if-modified-since"] = first.headers[0].second;
    CHECK(simulator.answer(request).status == 304);
    simulator.control(post("/simulator/clock", {{"advance", "86400"}}));
    const Reply changed = simulator.answer(request);
    CHECK(changed.status == 200);
    CHECK(changed.headers[0].second != first.headers[0].second);
}

TEST_CASE("the simulator counts what it is asked for") {
    auto simulator = small_simulator();
    simulator.stats().begin("GET", "/public/jobs", true);
    simulator.stats().begin("POST", "/public/jobs", false);
    simulator.stats().end();
    simulator.stats().sent(12);
    CHECK(text_of(simulator.control(get("/simulator/stats"))) ==
          "{\"requests\":2,\"bytes_sent\":12,\"posts\":1,\"with_key\":1,\"concurrent\":1,"
          "\"max_concurrent\":2,\"paths\":{\"/public/jobs\":2}}\n");
}

TEST_CASE("what the simulator dumps is what it would answer") {
    const TemporaryFolder folder;
    const Organisation organisation{small_options().organisation, small_now()};
    dump(organisation, {}, folder.path());
    auto simulator = small_simulator();
    CHECK(read_file(folder / "jobs.json") == text_of(simulator.answer(get("/public/jobs"))));
    const std::string id = to_text(organisation.jobs().at(1).id);
    CHECK(read_file(folder / "logs" / (id + ".json")) ==
          text_of(simulator.answer(get(logs_path(1)))));
}
