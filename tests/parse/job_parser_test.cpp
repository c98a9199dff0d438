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

template <typename Reader = JobListReader> auto read_list(std::string_view body) {
    Reader reader;
    reader.feed(body);
    return reader.result();
}

std::vector<Job> parse_jobs(std::string_view body) {
    const JobList list = read_list(body);
    CHECK(list.first_unreadable.empty());
    return list.entries;
}

std::string refusal(std::string_view body) {
    try {
        read_list(body);
    } catch (const JobError& error) {
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

TEST_CASE("An entry that is no job is told, and the others are read") {
    const std::string good = R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163","Name":"A"},)";
    for (const auto& [entry, why] : std::vector<std::pair<std::string, std::string>>{
             {"null", "it is no object"},
             {"{}", "Id is missing, not a guid"},
             {R"({"Id":"x"})", "Id is 'x', not a guid"},
             {R"({"Id" 1})", "it is not valid JSON"},
             {R"({"Name":")" + std::string(2U << 20U, 'n') + "\"}", "it is larger than 1 MiB"}}) {
        const JobList list = read_list(good + entry + ',' + entry + "]");
        INFO(why << ": " << list.first_unreadable);
        CHECK(list.entries == std::vector<Job>{{first, "A"}});
        CHECK(list.unreadable.beyond() == 2);
        CHECK(list.first_unreadable.starts_with("entry [1]: " + why));
    }
}

TEST_CASE("A list of which not one entry can be read is refused") {
    CHECK(refusal("[null,{}]") == "the list of jobs cannot be read: entry [0]: it is no object");
}

TEST_CASE("Which entries cannot be read is told apart, whatever their order") {
    const std::string good = R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163"},)";
    const auto digest = [&](const std::string& rest) {
        return read_list(good + rest + "]").unreadable.beyond_digest();
    };
    CHECK(digest("null,7") == digest("7,null"));
    CHECK(digest("null,7") != digest("null,8"));
    CHECK(digest("null") != digest("null,null"));
}

TEST_CASE("A job's name is taken as it is written, repaired, and cut where it is long") {
    const auto name = [](const std::string& json) {
        return parse_jobs(R"([{"Id":"ff585521-15e3-4580-80f8-06ce756f6163","Name":)" + json + "}]")
            .at(0)
            .name;
    };
    CHECK(name("7") == "7");
    CHECK(name("true") == "true");
    CHECK(name("[]").empty());
    CHECK(name(R"("Load \ud83d")") == "Load \xEF\xBF\xBD");
    CHECK(name("\"Caf\xE9\"") == "Caf\xEF\xBF\xBD");
    CHECK(name('"' + std::string(5000, 'n') + '"').size() == 512);
}

TEST_CASE("A list of more jobs than any organisation has is given up") {
    JobListReader reader;
    reader.feed("[");
    const auto feed_all = [&] {
        for (int i = 0; i <= 10'000; ++i)
            reader.feed(i == 0 ? "{}" : ",{}");
        reader.feed("]");
    };
    CHECK_THROWS_WITH(feed_all(), ContainsSubstring("list of jobs") &&
                                      ContainsSubstring("more than 10000 entries"));
}

TEST_CASE("Statuses are read, a missing message being empty") {
    const auto statuses = read_list<JobStatusListReader>(
        R"([{"JobId":"ff585521-15e3-4580-80f8-06ce756f6163","Status":2,"Message":"m"},
                           {"jobId":"2683010d-b94d-4c15-adee-b5ff7fde9f03","status":0}])");
    CHECK(statuses.entries == std::vector<JobStatus>{{first, 2, "m"}, {second, 0, ""}});
}

TEST_CASE("A status that is no integer is told, and the others are read") {
    const auto statuses = read_list<JobStatusListReader>(
        R"([{"JobId":"ff585521-15e3-4580-80f8-06ce756f6163","Status":"idle"},
            {"JobId":"2683010d-b94d-4c15-adee-b5ff7fde9f03","Status":0}])");
    CHECK(statuses.entries == std::vector<JobStatus>{{second, 0, ""}});
    CHECK(statuses.first_unreadable == "entry [0]: Status is 'idle', not an integer");
}
