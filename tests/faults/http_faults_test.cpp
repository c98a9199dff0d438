#include "faults/scenario.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::faults;

namespace {

/// What a server answers with, and what a sync makes of it. Words that are empty: no line about it.
struct Answer {
    std::string name;
    std::vector<std::string> faults; ///< of the simulator
    int exit_code;
    std::string words;
    Loaded loaded;
};

const std::string for_job = "&job=1";
const std::string for_list = "&call=jobs";

/// Where the disturbed job's log is, which is so for the seed of the scenarios.
const std::string path_of_job = "/public/jobs/e408d4e4-a7ee-4798-b8d2-3640fb7880d1/logs";

Answer once(const std::string& name, const std::string& fault) {
    return {name + ", once", {fault + for_job + "&count=1"}, 0, "", Loaded::everything};
}

Answer for_ever(const std::string& name, const std::string& fault, const std::string& words,
                Loaded loaded = Loaded::other_jobs) {
    return {name, {fault + for_job}, 3, words, loaded};
}

Answer of_the_list(const std::string& name, const std::string& fault, const std::string& words) {
    return {"the list of jobs: " + name, {fault + for_list}, 1, words, Loaded::nothing};
}

void check(const std::vector<Answer>& answers) {
    for (const std::string& backend : test::backends()) {
        for (const Answer& answer : answers) {
            DYNAMIC_SECTION(answer.name << ", on " << backend) {
                Scenario scenario(backend);
                scenario.source.stall_timeout = std::chrono::seconds{1};
                if (answer.name.find("stall") != std::string::npos) scenario.source.retries = 0;
                const Ended ended = scenario.disturbed(answer.faults);
                check_ended(ended, answer.exit_code, answer.words);
                scenario.check_loaded(answer.loaded);
                scenario.repair();
            }
        }
    }
}

} // namespace

TEST_CASE("an answer that may be another one next time is asked for again", "[faults]") {
    check({
        once("429 with seconds", "kind=status&status=429&retry_after=1"),
        once("429 with a date", "kind=status&status=429&retry_after=date:1"),
        once("500", "kind=status&status=500"),
        once("502", "kind=status&status=502"),
        once("503", "kind=status&status=503"),
        once("504", "kind=status&status=504"),
        once("reset in the middle of a body", "kind=reset&after=3000"),
        once("cut short without a length", "kind=cut-close&after=3000"),
        once("cut short with a length", "kind=cut-length&after=3000"),
        once("an empty body", "kind=empty"),
        {"each job in trouble once",
         {"kind=reset&job=0&count=1&after=2000", "kind=status&status=503&job=1&count=1",
          "kind=cut&job=2&count=1&after=7000"},
         0,
         "",
         Loaded::everything},
    });
}

TEST_CASE("a status for ever fails its job alone, and what it says is told", "[faults]") {
    check({
        for_ever("429 with seconds", "kind=status&status=429&retry_after=1",
                 "failed 2 times: HTTP 429, the server says"),
        for_ever("429 with a date", "kind=status&status=429&retry_after=date:1",
                 "lower 'source.max_concurrent_requests'"),
        for_ever("500", "kind=status&status=500", "failed 2 times: HTTP 500"),
        for_ever("502", "kind=status&status=502", "failed 2 times: HTTP 502"),
        for_ever("503", "kind=status&status=503", "failed 2 times: HTTP 503"),
        for_ever("504", "kind=status&status=504", "failed 2 times: HTTP 504"),
        for_ever("404 for one job", "kind=status&status=404", "HTTP 404, the server says"),
        {"503 for every job", {"kind=status"}, 1, "failed 2 times: HTTP 503", Loaded::nothing},
    });
}

TEST_CASE("a body that breaks off leaves what came whole", "[faults]") {
    check({
        for_ever("reset in the middle of a body", "kind=reset&after=9000",
                 "the response broke off, run it again later", Loaded::part),
        for_ever("cut short without a length", "kind=cut-close&after=9000",
                 "the body ends before its array does", Loaded::part),
        for_ever("cut short with a length", "kind=cut-length&after=9000",
                 "the response broke off, run it again later", Loaded::part),
        for_ever("cut short without its last chunk", "kind=cut&after=9000",
                 "the response broke off, run it again later", Loaded::part),
        for_ever("stalled", "kind=stall&after=9000", "'source.stall_timeout_s'", Loaded::part),
        {"a slow drip", {"kind=drip&ms=2&call=jobs"}, 0, "", Loaded::everything},
    });
}

TEST_CASE("a whole body that is no array fails its job alone", "[faults]") {
    check({
        for_ever("HTML with status 200", "kind=html", "is HTML or XML, as from a proxy"),
        for_ever("an empty body", "kind=empty", "the body is empty (HTTP 200)"),
        for_ever("an object", "kind=object", "is an object"),
        for_ever("a syntax error in the middle", "kind=body&value=[{]", "failed: "),
        for_ever("a redirect loop", "kind=redirect&url=" + path_of_job, "too many redirects"),
    });
}

TEST_CASE("without a list of jobs nothing is loaded and nothing is marked", "[faults]") {
    check({
        of_the_list("500", "kind=status&status=500", "failed 2 times: HTTP 500"),
        of_the_list("404", "kind=status&status=404", "check 'source.base_url'"),
        of_the_list("reset", "kind=reset&after=20", "the response broke off"),
        of_the_list("cut short", "kind=cut&after=20", "the response broke off"),
        of_the_list("stalled", "kind=stall&after=20", "'source.stall_timeout_s'"),
        of_the_list("HTML", "kind=html", "is HTML or XML"),
        of_the_list("empty", "kind=empty", "the body is empty (HTTP 200)"),
        of_the_list("cut short without a length", "kind=cut-close&after=20",
                    "failed 2 times: the body ends before its array does"),
        {"the list of jobs: cut short once",
         {"kind=cut-close&after=20&call=jobs&count=1"},
         0,
         "",
         Loaded::everything},
        of_the_list("an object", "kind=object", "is an object"),
    });
}

TEST_CASE("a refused key ends the sync at once and is not shown", "[faults]") {
    check({
        of_the_list("401", "kind=status&status=401", "the API refused the key (HTTP 401)"),
        of_the_list("403", "kind=status&status=403", "the API refused the key (HTTP 403)"),
        {"401 in the middle",
         {"kind=status&status=401&call=logs"},
         1,
         "check the key in the environment variable 'TIDEMARK_API_KEY'",
         Loaded::nothing},
        {"403 in the middle",
         {"kind=status&status=403&call=logs"},
         1,
         "the API refused the key (HTTP 403)",
         Loaded::nothing},
    });
}
