#include "execution_bodies.hpp"
#include "support/catch.hpp"

#include <xxhash.h>

using namespace tidemark;
using namespace tidemark::bodies;

namespace {

Rejection rejected(std::string_view json) {
    const ParsedExecution parsed = parse(json);
    INFO(json.substr(0, 300));
    REQUIRE_FALSE(parsed.execution);
    REQUIRE(parsed.rejections.size() == 1);
    CHECK(parsed.rejections[0].content_hash == XXH3_64bits(json.data(), json.size()));
    return parsed.rejections[0];
}

Rejection rejected_log(const std::string& json) {
    const ParsedExecution parsed = parse(with_logs(json + "," + log()));
    INFO(json);
    REQUIRE(parsed.execution);
    CHECK(parsed.execution->incomplete);
    CHECK(parsed.execution->logs.size() == 1);
    REQUIRE(parsed.rejections.size() == 1);
    CHECK(parsed.rejections[0].record == json);
    CHECK(parsed.rejections[0].content_hash == XXH3_64bits(json.data(), json.size()));
    CHECK(parsed.rejections[0].execution_id == parse_guid(id));
    return parsed.rejections[0];
}

std::string without(const std::string& name) {
    std::string json = "{";
    for (const auto& [key, value] :
         {std::pair{"Id", text(id)}, std::pair{"State", std::string{"1"}},
          std::pair{"CreateTime", text("2026-10-09T03:07:22")}}) {
        if (key != name) json += (json.size() > 1 ? "," : "") + member(key, value);
    }
    return json + "}";
}

} // namespace

TEST_CASE("An execution that lacks what it needs is rejected by member and place") {
    for (const std::string name : {"Id", "State", "CreateTime"}) {
        const Rejection missing = rejected(without(name));
        CHECK(missing.place == "[3]." + name);
        CHECK_THAT(missing.reason, ContainsSubstring(name + " is missing"));
        const Rejection null = rejected(execution(member(name, "null")));
        CHECK_THAT(null.reason, ContainsSubstring(name + " is null"));
        CHECK(missing.record == without(name));
    }
}

TEST_CASE("An execution with a member of the wrong type is rejected") {
    for (const auto& [name, json] : std::vector<std::pair<std::string, std::string>>{
             {"Id", "7"},
             {"Id", R"("x")"},
             {"Id", "{}"},
             {"Id", "true"},
             {"JobId", "7"},
             {"JobId", R"("x")"},
             {"JobId", text(other)},
             {"State", R"("1")"},
             {"State", "1.5"},
             {"State", "1e0"},
             {"State", "true"},
             {"State", "9223372036854775808"},
             {"State", "[1]"},
             {"CreateTime", "1760000000"},
             {"CreateTime", R"("soon")"},
             {"CreateTime", R"("0001-01-01T00:00:00")"},
             {"EndTime", "7"},
             {"EndTime", R"("")"},
             {"EndTime", R"("2026-10-09T25:00:00")"},
             {"TriggerId", "0"},
             {"TriggerId", R"("x")"},
             {"JobExecutionLogs", "{}"},
             {"JobExecutionLogs", "7"},
             {"JobExecutionLogs", R"("[]")"}}) {
        const Rejection rejection = rejected(execution(member(name, json)));
        INFO(name << " " << json << ": " << rejection.reason);
        CHECK(rejection.place == "[3]." + name);
        CHECK_THAT(rejection.reason, ContainsSubstring(name + " is "));
        CHECK(rejection.execution_id.has_value() == (name != "Id"));
    }
}

TEST_CASE("The id of a rejected execution is known wherever it stands") {
    const std::string json = "{" + member("x", text(std::string(100'000, 'x'))) + "," +
                             execution(member("State", "null")).substr(1);
    CHECK(rejected(json).execution_id == parse_guid(id));
}

TEST_CASE("What is no object is no execution") {
    for (const char* json : {"null", "7", "\"x\"", "[]", "[{}]", "nulx"}) {
        const Rejection rejection = rejected(json);
        CHECK(rejection.place == "[3]");
        CHECK_THAT(rejection.reason, ContainsSubstring("not an object"));
        CHECK_FALSE(rejection.execution_id);
    }
}

TEST_CASE("An execution that is no JSON is rejected in plain words, its id where it can be read") {
    const std::string start = "{" + member("Id", text(id)) + ",";
    for (const auto& [rest, words] : std::vector<std::pair<std::string, std::string>>{
             {R"("x":"\q"})", "an invalid escape"},
             {R"("\q":1})", "an invalid escape"},
             {R"("x":{"\q":1}})", "an invalid escape"},
             {R"("x":"\ud83d\q"})", "an invalid escape"},
             {R"("x":"\u12g4"})", "an invalid escape"},
             {"\"x\":\"a\n\\\tb\"}", "an invalid escape"},
             {"\x01\"x\":1}", "is not valid JSON"},
             {R"("x":nul})", "true, false or null"},
             {R"("x":01})", "a number"},
             {R"("x":-})", "is not valid JSON"},
             {R"("x":[1 2]})", "is not valid JSON"},
             {R"("x" 1})", "is not valid JSON"},
             {R"("x":{"y":1]})", "is not valid JSON"},
             {R"("x":[1}})", "is not valid JSON"},
             {R"("x":[1})", "is not valid JSON"},
             {R"("x":1,})", "is not valid JSON"},
             {R"("x":1 "y":2})", "is not valid JSON"},
             {R"("x":1} {})", "something follows"},
             {R"("x":1} 7)", "is not valid JSON"},
             {R"("x":"y)", "is not valid JSON"},
             {R"("State":tru})", "is not valid JSON"},
             {R"("JobExecutionLogs":[{"Id" 1}]})", "is not valid JSON"},
             {R"("JobExecutionLogs":[{"Message":"\q"}]})", "an invalid escape"},
             {R"("JobExecutionLogs":[,]})", "is not valid JSON"},
             {R"("JobExecutionLogs":[{}}})", "is not valid JSON"}}) {
        const Rejection rejection = rejected(start + rest);
        INFO(rest << ": " << rejection.reason);
        CHECK(rejection.place == "[3]");
        CHECK_THAT(rejection.reason,
                   ContainsSubstring("the execution ") && ContainsSubstring(words));
        CHECK(rejection.execution_id == parse_guid(id));
    }
}

TEST_CASE("An unknown member that nests without end is rejected") {
    for (const std::string& nest :
         {std::string(100'000, '['), std::string(100'000, '[') + std::string(100'000, ']')}) {
        const Rejection rejection = rejected(execution("\"x\":" + nest));
        CHECK(rejection.record.size() == 64U << 10U);
    }
    const std::string deep = std::string(500, '[') + std::string(500, ']');
    CHECK(parse(execution("\"x\":" + deep)).execution->extra == "{\"x\":" + deep + "}");
}

TEST_CASE("An oversized execution is rejected with a word on the key to raise") {
    const std::string beginning = "{" + member("Id", text(id)) + "," +
                                  member("x", text(std::string(70'000, 'x'))).substr(0, 65'000);
    const ArrayElement oversized{
        .index = 5, .json = beginning, .oversized = true, .bytes = 40'000'000, .hash = 77};
    const ParsedExecution parsed = parser().parse(oversized);
    REQUIRE(parsed.rejections.size() == 1);
    CHECK_FALSE(parsed.execution);
    CHECK(parsed.rejections[0].place == "[5]");
    CHECK_THAT(parsed.rejections[0].reason,
               ContainsSubstring("40000000 bytes") &&
                   ContainsSubstring("'max_execution_bytes' in [source]"));
    CHECK(parsed.rejections[0].content_hash == 77);
    CHECK(parsed.rejections[0].execution_id == parse_guid(id));
}

TEST_CASE("A log line that cannot be read leaves the rest of its execution") {
    for (const auto& [name, json] :
         std::vector<std::pair<std::string, std::string>>{{"Id", "null"},
                                                          {"Id", R"("x")"},
                                                          {"Id", "[1,{}]"},
                                                          {"JobExecutionId", text(other)},
                                                          {"JobExecutionId", "7"},
                                                          {"JobExecutionId", R"("")"},
                                                          {"TimeStamp", "null"},
                                                          {"TimeStamp", R"("x")"},
                                                          {"TimeStamp", R"("0001-01-01T00:00:00")"},
                                                          {"Severity", "null"},
                                                          {"Severity", R"("1")"},
                                                          {"Severity", "1.5"},
                                                          {"Message", "7"},
                                                          {"Message", "{}"}}) {
        const Rejection rejection = rejected_log(log(member(name, json)));
        INFO(name << " " << json << ": " << rejection.reason);
        CHECK(rejection.place == "[3].JobExecutionLogs[0]." + name);
        CHECK_THAT(rejection.reason, ContainsSubstring(name + " is "));
    }
}

TEST_CASE("A log line that is no object is rejected alone") {
    for (const std::string json :
         {"null", "7", "1.5", R"("x")", R"("\u0041")", "[1, {}]", "true"}) {
        const Rejection rejection = rejected_log(json);
        CHECK(rejection.place == "[3].JobExecutionLogs[0]");
        CHECK_THAT(rejection.reason, ContainsSubstring("not an object"));
    }
}

TEST_CASE("Every rejected log line has its own place and record") {
    const std::string bad = log(R"("Severity": null)");
    const std::string foreign = log(member("JobExecutionId", text(other)));
    const std::string json =
        "{" + member("JobExecutionLogs", "[" + foreign + " , " + bad + " ,\n" + log() + ",null]") +
        "," + execution().substr(1);
    const ParsedExecution parsed = parse(json);
    REQUIRE(parsed.execution);
    CHECK(parsed.execution->logs.size() == 1);
    REQUIRE(parsed.rejections.size() == 3);
    CHECK(parsed.rejections[0].place == "[3].JobExecutionLogs[1].Severity");
    CHECK(parsed.rejections[0].record == bad);
    CHECK(parsed.rejections[1].place == "[3].JobExecutionLogs[3]");
    CHECK(parsed.rejections[2].place == "[3].JobExecutionLogs[0].JobExecutionId");
    CHECK(parsed.rejections[2].record == foreign);
}

TEST_CASE("An execution that is rejected takes its log lines with it") {
    CHECK(rejected(execution(R"("State":null,"JobExecutionLogs":[null,7])")).place == "[3].State");
}

TEST_CASE("A rejected record is cut between two characters and made storable") {
    const std::string json =
        execution(R"("Id":7,"x":")" + std::string(65'518, 'x') + "\xE2\x82\xAC\xE2\x82\xAC\"");
    const Rejection rejection = rejected(json);
    CHECK(rejection.record.size() <= 64U << 10U);
    CHECK(rejection.record.size() > (64U << 10U) - 3);
    CHECK(rejection.record == json.substr(0, rejection.record.size()));
    CHECK_THAT(rejected("{\"x\":\"\xFF\"}").record, ContainsSubstring("\xEF\xBF\xBD"));
}

TEST_CASE("A reason stays on one line") {
    const Rejection rejection = rejected(execution(R"("State":"a\nb\tc")"));
    CHECK(rejection.reason == "State is 'a b c', not an integer");
}

TEST_CASE("Log lines that are rejected alike are one rejection, however many they are") {
    std::string lines = log();
    for (int i = 0; i < 5000; ++i)
        lines += ",{}";
    const auto parsed = parse(with_logs(lines));
    REQUIRE(parsed.rejections.size() == 1);
    CHECK(parsed.rejections[0].place == "[3].JobExecutionLogs[1].Id");
    CHECK(parsed.execution->logs.size() == 1);
    CHECK(parsed.execution->incomplete);
}

TEST_CASE("Of a body a thousand rejections are kept, and the others counted in any order") {
    const auto rejected_of = [](int first, int step) {
        ExecutionParser reader = parser();
        std::size_t kept = 0;
        for (int i = 0; i < 3; ++i) { // three executions of 700 bad lines each
            std::string lines;
            for (int line = 0; line < 700; ++line) {
                lines += lines.empty() ? "" : ",";
                lines += std::to_string(first + step * (700 * i + line));
            }
            kept += reader.parse(element(with_logs(lines))).rejections.size();
        }
        return std::pair{kept, reader.rejected().beyond()};
    };
    CHECK(rejected_of(0, 1) == std::pair<std::size_t, std::int64_t>{1000, 1100});
    CHECK(rejected_of(2099, -1) == rejected_of(0, 1));

    ExecutionParser reader = parser();
    for (int i = 0; i < 2500; ++i) {
        const auto parsed = reader.parse(element(execution("\"Id\":" + std::to_string(i))));
        CHECK(parsed.rejections.size() == (i < 1000 ? 1 : 0));
        CHECK_FALSE(parsed.execution);
    }
    CHECK(reader.rejected().beyond() == 1500);
}

TEST_CASE("The id of a rejected execution is known when its record is not kept") {
    ExecutionParser reader = parser();
    for (int i = 0; i < 1001; ++i) {
        const std::string json = execution("\"State\":\"" + std::to_string(i) + "\"");
        CHECK(reader.parse(element(json)).rejected_id == parse_guid(id));
    }
    CHECK(reader.rejected().beyond() == 1);
}

TEST_CASE("A large log is read line by line, and comes to the same") {
    const std::string line = log(member("MoreAboutIt", text(std::string(1000, 'x'))));
    std::string lines = "0, {}, " + log(member("Message", text("a ] and a \\\" }")));
    while (lines.size() < (5U << 20U))
        lines += ",\n" + line;
    const std::string extra = member("Unknown", R"({"JobExecutionLogs":[1]})");
    const ParsedExecution parsed =
        parse(execution(extra + "," + member("jobExecutionLogs", "[" + lines + "]")));
    REQUIRE(parsed.execution);
    CHECK(parsed.execution->extra == "{" + extra + "}");
    REQUIRE(parsed.rejections.size() == 2);
    CHECK(parsed.rejections[0].place == "[3].JobExecutionLogs[0]");
    CHECK(parsed.rejections[0].record == "0");
    CHECK(parsed.rejections[1].record == "{}");
    REQUIRE(parsed.execution->logs.size() == 1); // one id, once
    CHECK(parsed.execution->incomplete);
}

TEST_CASE("A large log that is no JSON rejects its execution") {
    const std::string blanks(5U << 20U, ' ');
    for (const std::string lines : {"{},,{}", "{} {}", "{}]", "{\"Id\"}", "{},"}) {
        INFO(lines);
        const Rejection whole = rejected(with_logs(lines));
        const Rejection parts = rejected(with_logs(blanks + lines));
        CHECK(parts.reason == whole.reason);
    }
}

TEST_CASE("A record with more in unknown members than is kept rejects its execution") {
    const std::string reason =
        "has a record with more than 4 MiB or a million values in members that are not known";
    const std::string much = text(std::string(5U << 20U, 'x'));
    CHECK_THAT(rejected(execution(member("Much", much))).reason, ContainsSubstring(reason));
    CHECK_THAT(rejected(with_logs(log(member("Much", much)))).reason, ContainsSubstring(reason));
    std::string many = "[1";
    for (int i = 0; i < 2'100'000; ++i)
        many += ",1";
    many += "]";
    CHECK_THAT(rejected(execution(member("Many", many))).reason, ContainsSubstring(reason));
    CHECK_THAT(rejected(with_logs(log(member("Many", many)))).reason, ContainsSubstring(reason));
}

TEST_CASE("A long message is no unknown member, whatever stands in it") {
    const std::string long_message(5U << 20U, ',');
    const ParsedExecution parsed = parse(with_logs(log(member("Message", text(long_message)))));
    REQUIRE(parsed.execution);
    CHECK(parsed.execution->logs.at(0).message == long_message);
}
