#include "simulator/fault.hpp"
#include "simulator/json_text.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"

#include <zlib.h>

using namespace simulator;
using namespace simulator::test;

namespace {

/// The reply to a request for the logs of the first job, while a fault is ordered.
Reply faulty(std::map<std::string, std::string> params) {
    Simulator simulator{small_options(), Clock{small_now(), false}};
    simulator.control(post("/simulator/fault", std::move(params)));
    return simulator.answer(get(logs_path()));
}

std::string faulty_text(std::map<std::string, std::string> params) {
    return collect(faulty(std::move(params)).body);
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++found;
    return found;
}

} // namespace

TEST_CASE("an ordered status comes with Retry-After and without the body") {
    const Reply reply = faulty({{"kind", "status"}, {"status", "429"}, {"retry_after", "3"}});
    CHECK(reply.status == 429);
    REQUIRE(reply.headers.size() == 1);
    CHECK(reply.headers[0] == std::pair<std::string, std::string>{"Retry-After", "3"});
    const Reply dated = faulty({{"kind", "status"}, {"status", "503"}, {"retry_after", "date:3"}});
    CHECK_THAT(dated.headers.at(0).second, ContainsSubstring(" GMT"));
}

TEST_CASE("a fault strikes so often, and only the job and the call that it is for") {
    Simulator simulator{small_options(), Clock{small_now(), false}};
    simulator.control(post("/simulator/fault", {{"kind", "status"}, {"job", "1"}, {"count", "2"}}));
    CHECK(simulator.answer(get(logs_path(0))).status == 200);
    CHECK(simulator.answer(get("/public/jobs")).status == 200);
    CHECK(simulator.answer(get(logs_path(1))).status == 503);
    CHECK(simulator.answer(get(logs_path(1))).status == 503);
    CHECK(simulator.answer(get(logs_path(1))).status == 200);
    simulator.control(post("/simulator/fault", {{"kind", "html"}, {"call", "all"}}));
    CHECK(simulator.answer(get("/public/jobs")).type == "text/html");
    simulator.control(post("/simulator/fault", {{"kind", "none"}}));
    CHECK(simulator.answer(get("/public/jobs")).type == json_type);
}

TEST_CASE("a broken-off body is the beginning of the whole one") {
    const auto kind = GENERATE("reset", "cut", "cut-length", "cut-close", "stall");
    const Reply reply = faulty({{"kind", kind}, {"after", "700"}});
    CHECK(collect(reply.body) == plain_text().substr(0, 700));
    CHECK((reply.ending != Ending::proper || reply.framing == Framing::close));
}

TEST_CASE("a body cut short with a length promises the rest") {
    CHECK(faulty({{"kind", "cut-length"}, {"after", "700"}}).missing == plain_text().size() - 700);
}

TEST_CASE("bodies that are no array") {
    CHECK(faulty_text({{"kind", "empty"}}).empty());
    CHECK(faulty_text({{"kind", "object"}}).starts_with("{"));
    CHECK(faulty_text({{"kind", "html"}}).starts_with("<"));
    CHECK(faulty_text({{"kind", "body"}, {"value", "[1]"}}) == "[1]");
    const Reply redirect = faulty({{"kind", "redirect"}, {"url", "http://127.0.0.1:1/x"}});
    CHECK(redirect.status == 307);
    CHECK(redirect.headers.at(0).second == "http://127.0.0.1:1/x");
}

TEST_CASE("faults within a body spoil one place of it") {
    const std::string plain = plain_text();
    CHECK(count(faulty_text({{"kind", "nul"}}), "\\u0000") == 1);
    CHECK(count(faulty_text({{"kind", "utf8"}}), "\xFF") == 1);
    CHECK(count(faulty_text({{"kind", "syntax"}}), "0x1") == 1);
    CHECK(faulty_text({{"kind", "long-message"}, {"bytes", "9000"}}).size() == plain.size() + 9000);
    CHECK(elements_of(faulty_text({{"kind", "repeat-execution"}})).size() == 10);
    CHECK(count(faulty_text({{"kind", "repeat-log"}}), "\"TimeStamp\"") ==
          count(plain, "\"TimeStamp\"") + 1);
}

TEST_CASE("a member of an execution or of its log is missing or ill-typed") {
    const auto without = read_logs(faulty_text({{"kind", "member"}, {"element", "2"}}));
    CHECK_FALSE(without.executions.at(without.ids[2]).members.contains("createtime"));
    CHECK(without.executions.at(without.ids[1]).members.contains("createtime"));
    const auto typed =
        read_logs(faulty_text({{"kind", "member"}, {"member", "State"}, {"value", "\"x\""}}));
    CHECK(typed.executions.at(typed.ids[0]).members.at("state") == "x");
    const auto logged = read_logs(faulty_text(
        {{"kind", "member"}, {"member", "JobExecutionLogs.Severity"}, {"value", "[7]"}}));
    const auto& execution = logged.executions.at(logged.ids[0]);
    CHECK(execution.logs.at(execution.log_ids[0]).at("severity") == "[7]");
}

TEST_CASE("a member is taken out wherever it stands") {
    const auto cut = [](std::string text, const char* name) {
        return without_member(text, find_member(text, name).value());
    };
    CHECK(cut(R"({"Id":1,"Name":"x"})", "Id") == R"({"Name":"x"})");
    CHECK(cut(R"({"id": 1, "name": "a,b" })", "Name") == R"({"id": 1 })");
    CHECK(cut(R"({"Id":[1,{"a":"]"}]})", "Id") == "{}");
}

TEST_CASE("the gzip bomb is small and unpacks to a great deal") {
    const Reply reply = faulty({{"kind", "bomb"}, {"bytes", "10000000"}});
    const std::string packed = collect(reply.body);
    CHECK(packed.size() < 100'000);
    std::string unpacked(10'100'000, '\0');
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string input = packed;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
    stream.avail_out = static_cast<uInt>(unpacked.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.total_out >= 10'000'000);
    inflateEnd(&stream);
}

TEST_CASE("a fault that cannot be is refused") {
    CHECK_THROWS_WITH(faulty({{"kind", "boom"}}), "there is no fault 'boom'");
    CHECK_THROWS_WITH(faulty({{"kid", "cut"}}), "a fault has no 'kid'");
    CHECK_THROWS_WITH(faulty({}), "a fault needs a kind");
    CHECK(read_fault(std::string_view{"kind=cut,job=2,count=1"}).job == "2");
}
