#include "error.hpp"
#include "support/catch.hpp"
#include "support/fake_source.hpp"
#include "sync/plan.hpp"

using namespace tidemark;
using test::numbered;

TEST_CASE("wildcards fit the whole text") {
    CHECK(matches_wildcards("Nightly*", "Nightly load 2"));
    CHECK(matches_wildcards("*load ?", "nightly LOAD 2"));
    CHECK(matches_wildcards("*a*b*", "xxaxxbxx"));
    CHECK(matches_wildcards("?konomi", "Økonomi"));
    CHECK(matches_wildcards("", ""));
    CHECK(matches_wildcards("*", ""));
    CHECK_FALSE(matches_wildcards("Nightly", "Nightly load"));
    CHECK_FALSE(matches_wildcards("?", ""));
    CHECK_FALSE(matches_wildcards("*ab", "ba"));
}

TEST_CASE("jobs are included and excluded by name or id") {
    const std::vector<Job> jobs = {
        {numbered(1), "ODX"}, {numbered(2), "Dev ODX"}, {numbered(3), "MDW"}};
    SyncConfig config;
    CHECK(wanted_jobs(jobs, config).size() == 3);
    config.include = {"*ODX"};
    config.exclude = {"dev *"};
    REQUIRE(wanted_jobs(jobs, config).size() == 1);
    CHECK(wanted_jobs(jobs, config)[0].name == "ODX");
    config.exclude = {to_text(numbered(1)), "dev*"};
    CHECK(wanted_jobs(jobs, config).empty());
}

TEST_CASE("a picked job that is not there is an error of the command line") {
    const std::vector<Job> jobs = {{numbered(1), "ODX"}};
    const std::vector<std::string> pattern = {"MDW"};
    CHECK_THROWS_AS(picked_jobs(jobs, pattern), ConfigError);
    CHECK(picked_jobs(jobs, {}).size() == 1);
}
