#include "archive/kept.hpp"
#include "error.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

TEST_CASE("what an archive keeps it gives back byte for byte", "[archive]") {
    const ArchiveFixture fixture;
    const std::string odd =
        "{ \"Id\" : \"00000000-0000-4000-8000-000000000007\",\n\t\"x\": [1, 2]}";
    CHECK(fixture.keep({a, odd, "12", b}) == 4);
    const auto given = fixture.read_back();
    CHECK(given.bodies == std::vector{body_with({a, odd, "12", b})});
    CHECK(given.failure.empty());
    CHECK(fixture.faults().empty());
}

TEST_CASE("what did not change is stored once, whatever comes with it", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, b});
    const auto size = fs::file_size(fixture.segment());
    CHECK(fixture.keep({a, b}) == 0);
    CHECK(fs::file_size(fixture.segment()) == size);
    CHECK(fixture.keep({a, b, c}) == 1);
    CHECK(fixture.read_back().bodies == std::vector{body_with({a, b, c})});
}

TEST_CASE("an execution that changed is kept in both versions, and given in the newest",
          "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a_open, b});
    CHECK(fixture.keep({a, b}) == 1);
    CHECK(fixture.read_back().bodies == std::vector{body_with({b, a})});
    CHECK(check_archive(fixture.path()).front().versions == 3);
}

TEST_CASE("an execution that is again as it was is not stored again, but counts", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    fixture.keep({a_open});
    const auto size = fs::file_size(fixture.segment());
    CHECK(fixture.keep({a}) == 1);
    CHECK(fs::file_size(fixture.segment()) - size < 100);
    CHECK(fixture.read_back().bodies == std::vector{body_with({a})});
    CHECK(fixture.faults().empty());
}

TEST_CASE("two versions in one body stay in one body", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, a_open});
    CHECK(fixture.keep({a, a_open}) == 0);
    CHECK(fixture.read_back().bodies == std::vector{body_with({a, a_open})});
    SECTION("a body that holds one of them alone counts") {
        CHECK(fixture.keep({a_open}) == 1);
        CHECK(fixture.read_back().bodies.back() == body_with({a_open}));
    }
    SECTION("unless it was not read to its end") {
        CHECK(fixture.keep({a_open}, false) == 0);
        CHECK(fixture.read_back().bodies.back() == body_with({a, a_open}));
    }
}

TEST_CASE("the stored version is kept beside another one of the same body", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    CHECK(fixture.keep({a, a_open}) == 2);
    CHECK(fixture.read_back().bodies == std::vector{body_with({a, a_open})});
}

TEST_CASE("log lines that the newest version lacks come before it", "[archive]") {
    const ArchiveFixture fixture;
    const std::string purged = run_of(1, "2026-10-01", "03:10:00", {});
    fixture.keep({a_open, b});
    fixture.keep({a, b});
    fixture.keep({purged, b});
    CHECK(fixture.read_back().bodies == std::vector{body_with({a}), body_with({b, purged})});
}

TEST_CASE("bodies that come newest first are given newest first", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({b, a});
    fixture.keep({c, b, a});
    CHECK(fixture.read_back().bodies == std::vector{body_with({c, b, a})});
}

TEST_CASE("a body that was empty was kept, and one that was never read was not", "[archive]") {
    const ArchiveFixture fixture;
    {
        Archive archive(fixture.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
    }
    CHECK_THAT(fixture.read_back().failure, ContainsSubstring("the archive holds no body of it"));
    fixture.keep({}, false);
    CHECK_THAT(fixture.read_back().failure, ContainsSubstring("the archive holds no body of it"));
    fixture.keep({});
    CHECK(fixture.read_back().failure.empty());
    CHECK(fixture.read_back().bodies == std::vector<std::string>{"[]"});
    CHECK(fixture.faults().empty());
}

TEST_CASE("files are begun anew when they are large", "[archive]") {
    ArchiveFixture fixture;
    fixture.segment_bytes = 1;
    fixture.keep({a});
    fixture.keep({a, b});
    fixture.keep({a, b, c});
    CHECK(fs::exists(fixture.segment(3)));
    CHECK(fixture.read_back().bodies == std::vector{body_with({a, b, c})});
    CHECK(fixture.keep({a, b, c}) == 0);
    CHECK(fixture.faults().empty());
}

TEST_CASE("an imported version does not replace a newer one", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    CHECK(fixture.keep({a_open, b}, true, Arrival::imported) == 2);
    CHECK(fixture.keep({a_open, b}, true, Arrival::imported) == 0);
    // in one body the version that tells more counts
    CHECK(fixture.read_back().bodies == std::vector{body_with({a, a_open, b})});
    CHECK(fixture.keep({a, b}) == 1);
    CHECK(fixture.read_back().bodies == std::vector{body_with({b, a})});
    CHECK(fixture.keep({a_open}, true, Arrival::imported) == 0);
}

TEST_CASE("an imported list of jobs does not replace a newer one", "[archive]") {
    const ArchiveFixture fixture;
    const Job old{numbered(1), "Old name"};
    const Job gone{numbered(9), "Gone"};
    {
        Archive archive(fixture.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
        archive.keep_jobs(std::vector<Job>{old, gone}, Timestamp{}, Arrival::imported);
    }
    CHECK(open_archive_source(fixture.path())->jobs().entries == std::vector{nightly});
    CHECK(open_archive_source(fixture.path())->unlisted_jobs() == std::vector{gone});
}

TEST_CASE("of imported lists of jobs the last one counts", "[archive]") {
    const ArchiveFixture fixture;
    {
        Archive archive(fixture.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{{numbered(1), "Old name"}}, Timestamp{},
                          Arrival::imported);
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{}, Arrival::imported);
    }
    CHECK(open_archive_source(fixture.path())->jobs().entries == std::vector{nightly});
}

TEST_CASE("jobs that are no longer listed are told apart", "[archive]") {
    const ArchiveFixture fixture;
    const Job gone{numbered(9), "Gone"};
    {
        Archive archive(fixture.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{gone, nightly}, Timestamp{});
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
    }
    CHECK(open_archive_source(fixture.path())->jobs().entries == std::vector{nightly});
    CHECK(open_archive_source(fixture.path())->unlisted_jobs() == std::vector{gone});
}

TEST_CASE("of two programs that write an archive one gives up", "[archive]") {
    const ArchiveFixture fixture;
    const Archive first(fixture.path(), "default", {});
    CHECK_THROWS_AS(Archive(fixture.path(), "default", std::chrono::milliseconds{1}), LeaseHeld);
}

TEST_CASE("an archive is of one organisation", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    CHECK_THROWS_AS(Archive(fixture.path(), "another", {}), ConfigError);
}

TEST_CASE("a folder that is no archive is none", "[archive]") {
    const ArchiveFixture fixture;
    CHECK_THROWS_WITH(open_archive_source(fixture.path()),
                      ContainsSubstring("there is no archive"));
    CHECK_FALSE(fs::exists(fixture.path()));
}

TEST_CASE("the mark of a job tells an archive from its own earlier copy", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    const std::string before = stored_mark(fixture.path(), nightly.id);
    fixture.keep({a});
    CHECK(stored_mark(fixture.path(), nightly.id) == before);
    fixture.keep({b});
    CHECK(stored_mark(fixture.path(), nightly.id) != before);
    const ArchiveFixture other;
    other.keep({a});
    CHECK(stored_mark(other.path(), nightly.id) != before);
    CHECK(stored_mark(other.folder / "none", nightly.id).empty());
}

TEST_CASE("who owns an archive alone may read it", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    CHECK(fs::status(fixture.path()).permissions() == fs::perms::owner_all);
    CHECK(fs::status(fixture.segment()).permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
}
