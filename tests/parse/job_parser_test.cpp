#include "error.hpp"
#include "parse/job_parser.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <iterator>
#include <string>

using namespace tidemark;

namespace {

const Guid first = parse_guid("ff585521-15e3-4580-80f8-06ce756f6163").value();
const Guid second = parse_guid("2683010d-b94d-4c15-adee-b5ff7fde9f03").value();

std::string refusal(std::string_view body) {
    try {
        parse_jobs(body);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("Jobs are read in either casing and any order of members") {
    const auto jobs = parse_jobs(R"( [{"Id":"FF585521-15e3-4580-80f8-06ce756f6163","Name":"A"},
        {"more":[1],"name":"B \u00e6\u0000","id":"2683010db94d4c15adeeb5ff7fde9f03"}] )");
    CHECK(jobs == std::vector<Job>{{first, "A"}, {second, "B æ\xEF\xBF\xBD"}});
}

TEST_CASE("A job without a name has an empty one") {
    const auto jobs = parse_jobs(R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163","Name":null},
                                     {"Id":"2683010d-b94d-4c15-adee-b5ff7fde9f03"}])");
    CHECK(jobs == std::vector<Job>{{first, ""}, {second, ""}});
}

TEST_CASE("A job that is listed twice is one, under its last name") {
    const auto jobs = parse_jobs(R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163","Name":"old"},
                       {"Id":"2683010d-b94d-4c15-adee-b5ff7fde9f03","Name":"other"},
                       {"Id":"ff585521-15e3-4580-80f8-06ce756f6163","Name":"new"}])");
    CHECK(jobs == std::vector<Job>{{first, "new"}, {second, "other"}});
}

TEST_CASE("No jobs are no error") { CHECK(parse_jobs("\xEF\xBB\xBF[]").empty()); }

TEST_CASE("The sample's jobs are read") {
    std::ifstream in{TIDEMARK_REPOSITORY "/tests/samples/night1/jobs.json"};
    const std::string body{std::istreambuf_iterator<char>{in}, {}};
    const auto jobs = parse_jobs(body);
    REQUIRE(jobs.size() == 5);
    CHECK(jobs[0].name == "ODX – nightly “all” sources");
}

TEST_CASE("A body that is no list of jobs is described") {
    CHECK_THAT(refusal("<!DOCTYPE html>"),
               ContainsSubstring("list of jobs") && ContainsSubstring("is HTML or XML"));
    CHECK_THAT(refusal(R"({"Message":"denied"})"), ContainsSubstring("is an object"));
    CHECK_THAT(refusal(""), ContainsSubstring("the body is empty"));
    CHECK_THAT(refusal("[{"), ContainsSubstring("ends before its array does"));
}

TEST_CASE("An entry that is no job is named") {
    const std::string good = R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163"},)";
    CHECK_THAT(refusal(good + "null]"), ContainsSubstring("entry [1]: it is no object"));
    CHECK_THAT(refusal(good + "{}]"), ContainsSubstring("entry [1]: Id is missing, not a guid"));
    CHECK_THAT(refusal(good + R"({"Id":"x"}])"), ContainsSubstring("entry [1]: Id is 'x'"));
    CHECK_THAT(refusal(good + R"({"Id" 1}])"),
               ContainsSubstring("entry [1]: it is not valid JSON"));
    CHECK_THAT(refusal(R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163","Name":7}])"),
               ContainsSubstring("entry [0]: Name is '7', not text"));
}

TEST_CASE("Statuses are read, a missing message being empty") {
    const auto statuses = parse_statuses(
        R"([{"JobId":"ff585521-15e3-4580-80f8-06ce756f6163","Status":2,"Message":"m"},
                           {"jobId":"2683010d-b94d-4c15-adee-b5ff7fde9f03","status":0}])");
    CHECK(statuses == std::vector<JobStatus>{{first, 2, "m"}, {second, 0, ""}});
}

TEST_CASE("A status that is no integer is an error") {
    CHECK_THROWS_AS(
        parse_statuses(R"([{"JobId":"ff585521-15e3-4580-80f8-06ce756f6163","Status":"idle"}])"),
        Error);
}
