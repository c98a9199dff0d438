#include "faults/scenario.hpp"
#include "support/catch.hpp"
#include "support/peak_memory.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::faults;

namespace {

/// Something wrong within the body of one job, in one of its executions.
struct Content {
    std::string name;
    std::string fault;
    int exit_code;
    std::string words;
    Loaded loaded;
};

const std::string rejected = "had 1 new record that could not be loaded";

Content member(const std::string& name, const std::string& member_and_value, Loaded loaded) {
    return {name, "kind=member&member=" + member_and_value, 3, rejected, loaded};
}

/// Older than the watermark's lookback: nothing but the rejection makes the next sync look again.
const std::string old_element = "10";
const std::string new_element = "1";

void check(const std::string& element, const std::vector<Content>& contents) {
    for (const std::string& backend : test::backends()) {
        for (const Content& content : contents) {
            DYNAMIC_SECTION(content.name << ", on " << backend) {
                Scenario scenario(backend);
                const Ended ended =
                    scenario.disturbed({content.fault + "&job=1&element=" + element});
                check_ended(ended, content.exit_code, content.words);
                scenario.check_loaded(content.loaded);
                scenario.repair();
            }
        }
    }
}

} // namespace

TEST_CASE("a record that cannot be read is kept aside, and repaired by the next sync", "[faults]") {
    check(old_element,
          {
              {"a syntax error in the middle", "kind=syntax", 3, rejected, Loaded::all_but_one},
              member("without an id", "Id", Loaded::all_but_one),
              member("an id that is none", "Id&value=\"x\"", Loaded::all_but_one),
              member("another job's id", "JobId&value=\"2683010d-b94d-4c15-adee-b5ff7fde9f03\"",
                     Loaded::all_but_one),
              member("without a creation time", "CreateTime", Loaded::all_but_one),
              member("a creation time that is none", "CreateTime&value=\"soon\"",
                     Loaded::all_but_one),
              member("an end that is none", "EndTime&value=[]", Loaded::all_but_one),
              member("a state that is text", "State&value=\"done\"", Loaded::all_but_one),
              member("logs that are text", "JobExecutionLogs&value=\"none\"", Loaded::all_but_one),
              member("a log without an id", "JobExecutionLogs.Id", Loaded::everything),
              member("a log without a time", "JobExecutionLogs.TimeStamp", Loaded::everything),
              member("a log with a severity that is text",
                     "JobExecutionLogs.Severity&value=\"high\"", Loaded::everything),
          });
}

TEST_CASE("what is odd but can be read is loaded", "[faults]") {
    check(new_element,
          {
              {"NUL in a message", "kind=nul", 0, "", Loaded::everything},
              {"a message of 8 MB", "kind=long-message&bytes=8388608", 0, "", Loaded::everything},
              {"the same execution twice", "kind=repeat-execution", 0, "", Loaded::everything},
              {"the same log twice", "kind=repeat-log", 0, "", Loaded::everything},
              {"without its job's id", "kind=member&member=JobId", 0, "", Loaded::everything},
              {"without a trigger", "kind=member&member=TriggerId", 0, "", Loaded::everything},
              {"without logs", "kind=member&member=JobExecutionLogs", 0, "", Loaded::everything},
          });
}

TEST_CASE("a gzip bomb is bounded in bytes and in memory", "[faults]") {
    constexpr std::int64_t unpacked = 400'000'000;
    const std::string backend = GENERATE(from_range(test::backends()));
    Scenario scenario(backend);
    scenario.source.max_response_bytes = 1'000'000;
    const test::PeakMemory peak;
    const Ended ended = scenario.disturbed({"kind=bomb&job=1&bytes=" + std::to_string(unpacked)});
    CHECK(peak.bytes() < unpacked / 4);
    check_ended(ended, 3, "the body is larger than 'source.max_response_bytes' allows");
    scenario.check_loaded(Loaded::other_jobs);
    scenario.repair();
}

TEST_CASE("an execution that is larger than allowed is kept aside", "[faults]") {
    const std::string backend = GENERATE(from_range(test::backends()));
    Scenario scenario(backend);
    scenario.world.config.source.max_execution_bytes = 100'000;
    const Ended ended = scenario.disturbed({"kind=long-message&bytes=200000&job=1&element=10"});
    check_ended(ended, 3, rejected);
    scenario.check_loaded(Loaded::all_but_one);
    scenario.world.config.source.max_execution_bytes = SourceConfig{}.max_execution_bytes;
    scenario.repair();
}
