#include "execution_bodies.hpp"
#include "parse/execution_parser.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <iterator>

using namespace tidemark;
using namespace tidemark::bodies;

namespace {

Execution sound(std::string_view json) {
    const ParsedExecution parsed = parse(json);
    INFO(json);
    for (const Rejection& rejection : parsed.rejections)
        UNSCOPED_INFO(rejection.reason);
    REQUIRE(parsed.rejections.empty());
    REQUIRE(parsed.execution);
    return *parsed.execution;
}

const std::string unknown = "\xEF\xBF\xBD";

} // namespace

TEST_CASE("Every member of an execution and its log is read") {
    const Execution execution = sound(R"({
        "Id": "ff585521-15e3-4580-80f8-06ce756f6163",
        "JobId": "b1cb1816-7d85-457c-9f32-2a1422d00e17",
        "State": 2, "CreateTime": "2026-10-09T03:07:22.5", "EndTime": "2026-10-09T03:12:00Z",
        "TriggerId": "2683010d-b94d-4c15-adee-b5ff7fde9f03",
        "JobExecutionLogs": [{"Id": "1f2a6e9f-9804-4651-9c44-9f42bc49d71b",
            "JobExecutionId": "ff585521-15e3-4580-80f8-06ce756f6163",
            "TimeStamp": "2026-10-09T03:08:00", "Severity": -3, "Message": "a \"b\" \u00e6 \\ c"}]})");
    CHECK(to_text(execution.id) == id);
    CHECK(execution.state == State::failed);
    CHECK(execution.state_code == 2);
    CHECK(to_text(execution.created_at) == "2026-10-09 03:07:22.500000");
    CHECK(to_text(execution.ended_at.value()) == "2026-10-09 03:12:00.000000");
    CHECK(to_text(execution.trigger_id.value()) == other);
    CHECK(execution.extra.empty());
    CHECK_FALSE(execution.incomplete);
    CHECK(execution.content_hash != 0);
    REQUIRE(execution.logs.size() == 1);
    const Log& log = execution.logs.front();
    CHECK(to_text(log.id) == log_id);
    CHECK(to_text(log.logged_at) == "2026-10-09 03:08:00.000000");
    CHECK(log.severity == -3);
    CHECK(log.message == "a \"b\" æ \\ c");
    CHECK(log.extra.empty());
}

TEST_CASE("A state code is what the configuration says it is") {
    const StateMap shifted{.none = -1, .running = 1, .completed = 2, .failed = 3};
    ExecutionParser parser{parse_guid(job).value(), {}, shifted};
    CHECK(parser.parse(element(execution())).execution->state == State::running);
    CHECK(sound(execution(member("State", "9"))).state == State::unknown);
    CHECK(sound(execution(member("State", "-9223372036854775808"))).state_code == INT64_MIN);
}

TEST_CASE("What may be missing or null is null") {
    for (const char* members :
         {R"("EndTime":null,"TriggerId":null,"JobId":null,"JobExecutionLogs":null)",
          R"("EndTime":"0001-01-01T00:00:00","TriggerId":"00000000-0000-0000-0000-000000000000")",
          R"("JobExecutionLogs":[])", ""}) {
        const Execution read = sound(execution(members));
        CHECK_FALSE(read.ended_at);
        CHECK_FALSE(read.trigger_id);
        CHECK(read.logs.empty());
        CHECK(read == sound(execution()));
    }
}

TEST_CASE("A log line may lack its message and its execution") {
    CHECK(sound(with_logs(log(member("Message", "null")))).logs[0].message == std::nullopt);
    CHECK(sound(with_logs(log(member("JobExecutionId", "null")))).logs[0].message == "done");
    const std::string bare = "{" + member("Id", text(log_id)) + "," + member("Severity", "0") +
                             "," + member("TimeStamp", text("2026-10-09T03:08:00")) + "}";
    CHECK(sound(with_logs(bare)).logs[0].message == std::nullopt);
    CHECK(sound(with_logs(log(member("Message", "\"\"")))).logs[0].message == "");
}

TEST_CASE("Members that we do not know are kept as one object with sorted keys") {
    CHECK(sound(execution(R"("b" : [ 1 , "x y" ] , "a":{"z":1.50,"y" : null})")).extra ==
          R"({"a":{"y":null,"z":1.50},"b":[1,"x y"]})");
    CHECK(sound(execution(R"("a":{},"b":[],"c":true,"d":123456789012345678901234567890)")).extra ==
          R"({"a":{},"b":[],"c":true,"d":123456789012345678901234567890})");
    CHECK(sound(with_logs(log(R"("Thread":7,"Machine":"TX")"))).logs[0].extra ==
          R"({"Machine":"TX","Thread":7})");
    CHECK(sound(execution(R"("":1,"Ids":2,"I":3)")).extra == R"({"":1,"I":3,"Ids":2})");
}

TEST_CASE("Of a member that is there twice the first counts and the second is kept") {
    const Execution read = sound(execution(R"("state":2)"));
    CHECK(read.state == State::failed);
    CHECK(read.extra == R"({"State":1})");
    const Execution null_first =
        sound(execution(R"("EndTime":null,"endTime":"2026-10-09T03:12:00")"));
    CHECK_FALSE(null_first.ended_at);
    CHECK(null_first.extra == R"({"endTime":"2026-10-09T03:12:00"})");
    const std::string twice =
        execution(R"("JobExecutionLogs":[],"jobExecutionLogs":[)" + log() + "]");
    CHECK(sound(twice).logs.empty());
    CHECK_THAT(sound(twice).extra, ContainsSubstring("\"Message\":\"done\""));
}

TEST_CASE("NUL becomes U+FFFD, and an escaped backslash before u0000 does not") {
    const Execution read =
        sound(with_logs(log(R"("Message":"a\u0000b\\u0000","more":"\\u0000\u0000")")));
    CHECK(read.logs[0].message == "a" + unknown + "b\\u0000");
    CHECK(read.logs[0].extra == R"({"Message":"done","more":"\\u0000)" + unknown + "\"}");
    CHECK(sound(execution(R"("a\u0000":1)")).extra == "{\"a" + unknown + "\":1}");
}

TEST_CASE("Half of a surrogate pair becomes U+FFFD among the members that we do not know") {
    CHECK(sound(execution(R"("x\ud83d":["\ude00"])")).extra ==
          "{\"x" + unknown + "\":[\"" + unknown + "\"]}");
    CHECK(sound(execution(R"("x":"\ud83d\ude00")")).extra == R"({"x":"\ud83d\ude00"})");
}

TEST_CASE("Half of a surrogate pair becomes U+FFFD in a message, and nothing else changes in it") {
    const auto message = [](const std::string& json) {
        return sound(with_logs(log(member("Message", json)))).logs.at(0).message.value();
    };
    CHECK(message(R"("cut \ud83d")") == "cut " + unknown);
    CHECK(message(R"("\ude00\ud83d\ude00\ud83d")") == unknown + "\xF0\x9F\x98\x80" + unknown);
    CHECK(message(R"("\ud83d\"\\\/\b\f\n\r\t\u0041\u00e6\u20AC\u0000")") ==
          unknown + "\"\\/\b\f\n\r\tA\xC3\xA6\xE2\x82\xAC" + unknown);
}

TEST_CASE("A byte that is no UTF-8 becomes U+FFFD, and its execution is read") {
    const Execution read = sound(
        execution("\"caf\xE9\":\"\xFF\"," +
                  member("JobExecutionLogs", "[" + log("\"Message\":\"na\xEFve \xC3\"") + "," +
                                                 log("\"Id\":\"" + other + "\"") + "]")));
    CHECK(read.extra == "{\"caf" + unknown + "\":\"" + unknown + "\"}");
    REQUIRE(read.logs.size() == 2);
    CHECK(read.logs[0].message == "na" + unknown + "ve " + unknown);
    CHECK_FALSE(read.incomplete);
}

TEST_CASE("A control character that stands in a text without its escape is taken as it is") {
    const std::string messages = "\"Message\":\"a\tb\r\nc\x01 \\\"\\\\\"";
    const std::string json = execution("\"x\ty\": \"\x1F\",\n\t" +
                                       member("JobExecutionLogs", "[" + log(messages) + "]"));
    const Execution read = sound(json);
    CHECK(read.logs.at(0).message == "a\tb\r\nc\x01 \"\\");
    CHECK(read.extra == R"({"x\u0009y":"\u001f"})");
    CHECK(parser().head(element(json))->id == read.id);

    const std::string nul_and_more = "\"Message\":\"a" + std::string(1, '\0') + "b\xFF\"";
    CHECK(sound(with_logs(log(nul_and_more))).logs.at(0).message == "a" + unknown + "b" + unknown);
}

TEST_CASE("A number that no double holds is kept as text among unknown members") {
    const std::string long_number(500, '7');
    for (const std::string& number :
         {std::string{"1e400"}, std::string{"-1E+200000"}, std::string{"1e-400"},
          std::string{"0e99999"}, long_number, "0." + long_number}) {
        CHECK(sound(execution(member("x", number))).extra == "{\"x\":\"" + number + "\"}");
    }
    for (const char* number : {"0", "-0.0", "1e308", "5e-324", "12345678901234567890123"}) {
        CHECK(sound(execution(member("x", number))).extra ==
              std::string{"{"} + member("x", number) + "}");
    }
}

TEST_CASE("A number that is too large rejects its log line alone") {
    const auto parsed = parse(with_logs(log(member("Severity", "1e400"))));
    REQUIRE(parsed.rejections.size() == 1);
    CHECK(parsed.rejections[0].place == "[3].JobExecutionLogs[0].Severity");
    CHECK(parsed.rejections[0].reason == "Severity is '1e400', not an integer");
    CHECK(parsed.execution.has_value());
}

TEST_CASE("DateTime.MaxValue as an end is no end, and as a creation is rejected") {
    CHECK_FALSE(sound(execution(member("EndTime", text("9999-12-31T23:59:59.9999999")))).ended_at);
    const auto parsed = parse(execution(member("CreateTime", text("9999-12-31T23:59:59Z"))));
    REQUIRE(parsed.rejections.size() == 1);
    CHECK(parsed.rejections[0].place == "[3].CreateTime");
}

TEST_CASE("Names and values may be written with escapes") {
    const Execution read =
        sound(execution(R"("\u0053tate":2,"CreateTime":"2026-10-09\u005403:07:22")"));
    CHECK(read.state == State::failed);
    CHECK(to_text(read.created_at) == "2026-10-09 03:07:22.000000");
}

TEST_CASE("Times that carry no zone are of the configured one") {
    ExecutionParser copenhagen = parser(TimeZone::find("Europe/Copenhagen").value());
    const auto read = copenhagen.parse(element(with_logs(log()))).execution.value();
    CHECK(to_text(read.created_at) == "2026-10-09 01:07:22.000000");
    CHECK(to_text(read.logs[0].logged_at) == "2026-10-09 01:08:00.000000");
}

TEST_CASE("A log line that is there twice is one, the last") {
    const Execution read = sound(with_logs(log() + "," + log(member("Message", text("later")))));
    REQUIRE(read.logs.size() == 1);
    CHECK(read.logs[0].message == "later");
}

TEST_CASE("A parser goes from one execution to the next without a trace") {
    ExecutionParser one = parser();
    const std::string large = with_logs(log(member("Message", text(std::string(200'000, 'x')))));
    const std::string foreign = with_logs(log(member("JobExecutionId", text(other))));
    const std::string empty_owner = with_logs(log(R"("JobExecutionId":"")"));
    for (const std::string& json : {execution(), large, std::string{"{"}, foreign, empty_owner,
                                    with_logs(log()), execution("\"x\":1"), execution()}) {
        INFO(json.substr(0, 200));
        const auto again = one.parse(element(json));
        const auto fresh = parse(json);
        CHECK(again.execution == fresh.execution);
        CHECK(again.rejections == fresh.rejections);
    }
}

TEST_CASE("The head is read without the rest") {
    ExecutionParser one = parser();
    const std::string filler = with_logs(log(member("Message", text(std::string(5'000, 'x')))));
    const std::string ahead = execution(member("JobId", text(job)) + "," + member("x", "[{}]"));
    const std::string cut_in_string = execution(member("x", text(std::string(1'000, 'y'))));
    for (const std::string& json :
         {execution(), filler, ahead, cut_in_string,
          ahead.substr(0, ahead.size() - 1) + ",\"y\":\"" + std::string(3'000, '{') + "\"}"}) {
        INFO(json.substr(0, 200));
        const auto head = one.head(element(json));
        REQUIRE(head);
        CHECK(to_text(head->id) == id);
        CHECK(to_text(head->created_at) == "2026-10-09 03:07:22.000000");
    }
}

TEST_CASE("The head is the execution's wherever a long text begins") {
    ExecutionParser one = parser();
    for (std::size_t size = 700; size < 1100; ++size) {
        const std::string before = member("x", text(std::string(size, 'y')));
        const std::string json =
            execution(before + "," + member("JobId", text(job)) + "," +
                      member("z", text("\xC3\xA9\\\"" + std::string(900, '}'))));
        const auto head = one.head(element(json));
        REQUIRE(head);
        REQUIRE(to_text(head->id) == id);
    }
}

TEST_CASE("There is no head where parse has something to say") {
    ExecutionParser one = parser();
    for (const std::string& json :
         {std::string{"{}"}, std::string{"null"}, std::string{"{"}, execution(R"("Id":7)"),
          execution(R"("CreateTime":"soon")"), execution(R"("CreateTime":"0001-01-01T00:00:00")"),
          execution(R"("JobId":"2683010d-b94d-4c15-adee-b5ff7fde9f03")")}) {
        INFO(json);
        CHECK_FALSE(one.head(element(json)));
        CHECK_FALSE(one.parse(element(json)).execution);
    }
    ArrayElement oversized = element("{" + member("Id", text(id)));
    oversized.oversized = true;
    CHECK_FALSE(one.head(oversized));
}

TEST_CASE("The sample bodies are read without a rejection") {
    const std::string folder = TIDEMARK_REPOSITORY "/tests/samples/night1/logs/";
    std::ifstream in{folder + job + ".json", std::ios::binary};
    const std::string body{std::istreambuf_iterator<char>{in}, {}};
    REQUIRE_FALSE(body.empty());
    ExecutionParser one = parser();
    std::size_t executions = 0;
    ArraySplitter splitter{1U << 20U, [&](const ArrayElement& next) {
                               const auto parsed = one.parse(next);
                               const auto head = one.head(next);
                               CHECK(parsed.rejections.empty());
                               REQUIRE(parsed.execution);
                               REQUIRE(head);
                               CHECK(head->id == parsed.execution->id);
                               CHECK(head->created_at == parsed.execution->created_at);
                               ++executions;
                               return true;
                           }};
    splitter.feed(body);
    CHECK(splitter.closed());
    CHECK(executions > 0);
}

TEST_CASE("The head of a large execution is read where its members come after its log") {
    const std::string logs =
        "[" + log(member("Message", text(std::string(5U << 20U, 'x')))) + ",7]";
    const std::string json = "{" + member("JobExecutionLogs", logs) + "," +
                             member("CreateTime", text("2026-10-09T03:07:22")) + "," +
                             member("JobId", text(job)) + "," + member("Id", text(id)) + "}";
    const auto head = parser().head(element(json));
    REQUIRE(head);
    CHECK(head->id == parse_guid(id));
    CHECK(to_text(head->created_at) == "2026-10-09 03:07:22.000000");
}
