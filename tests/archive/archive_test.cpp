#include "archive/kept.hpp"
#include "error.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

TEST_CASE("what an archive keeps it gives back byte for byte", "[archive]") {
    const Shelf shelf;
    const std::string odd =
        "{ \"Id\" : \"00000000-0000-4000-8000-000000000007\",\n\t\"x\": [1, 2]}";
    CHECK(shelf.keep({a, odd, "12", b}) == 4);
    const auto given = shelf.give();
    CHECK(given.bodies == std::vector{body_with({a, odd, "12", b})});
    CHECK(given.failure.empty());
    CHECK(shelf.faults().empty());
}

TEST_CASE("what did not change is stored once, whatever comes with it", "[archive]") {
    const Shelf shelf;
    shelf.keep({a, b});
    const auto size = fs::file_size(shelf.segment());
    CHECK(shelf.keep({a, b}) == 0);
    CHECK(fs::file_size(shelf.segment()) == size);
    CHECK(shelf.keep({a, b, c}) == 1);
    CHECK(shelf.give().bodies == std::vector{body_with({a, b, c})});
}

TEST_CASE("an execution that changed is kept in both versions, and given in the newest",
          "[archive]") {
    const Shelf shelf;
    shelf.keep({a_open, b});
    CHECK(shelf.keep({a, b}) == 1);
    CHECK(shelf.give().bodies == std::vector{body_with({b, a})});
    CHECK(check_archive(shelf.path()).front().versions == 3);
}

TEST_CASE("an execution that is again as it was is not stored again, but counts", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    shelf.keep({a_open});
    const auto size = fs::file_size(shelf.segment());
    CHECK(shelf.keep({a}) == 1);
    CHECK(fs::file_size(shelf.segment()) - size < 100);
    CHECK(shelf.give().bodies == std::vector{body_with({a})});
    CHECK(shelf.faults().empty());
}

TEST_CASE("two versions in one body stay in one body", "[archive]") {
    const Shelf shelf;
    shelf.keep({a, a_open});
    CHECK(shelf.keep({a, a_open}) == 0);
    CHECK(shelf.give().bodies == std::vector{body_with({a, a_open})});
    SECTION("a body that holds one of them alone counts") {
        CHECK(shelf.keep({a_open}) == 1);
        CHECK(shelf.give().bodies.back() == body_with({a_open}));
    }
    SECTION("unless it was not read to its end") {
        CHECK(shelf.keep({a_open}, false) == 0);
        CHECK(shelf.give().bodies.back() == body_with({a, a_open}));
    }
}

TEST_CASE("the stored version is kept beside another one of the same body", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    CHECK(shelf.keep({a, a_open}) == 2);
    CHECK(shelf.give().bodies == std::vector{body_with({a, a_open})});
}

TEST_CASE("log lines that the newest version lacks come before it", "[archive]") {
    const Shelf shelf;
    const std::string purged = run_of(1, "2026-10-01", "03:10:00", {});
    shelf.keep({a_open, b});
    shelf.keep({a, b});
    shelf.keep({purged, b});
    CHECK(shelf.give().bodies == std::vector{body_with({a}), body_with({b, purged})});
}

TEST_CASE("bodies that come newest first are given newest first", "[archive]") {
    const Shelf shelf;
    shelf.keep({b, a});
    shelf.keep({c, b, a});
    CHECK(shelf.give().bodies == std::vector{body_with({c, b, a})});
}

TEST_CASE("a body that was empty was kept, and one that was never read was not", "[archive]") {
    const Shelf shelf;
    {
        Archive archive(shelf.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
    }
    CHECK_THAT(shelf.give().failure, ContainsSubstring("the archive holds no body of it"));
    shelf.keep({}, false);
    CHECK_THAT(shelf.give().failure, ContainsSubstring("the archive holds no body of it"));
    shelf.keep({});
    CHECK(shelf.give().failure.empty());
    CHECK(shelf.give().bodies == std::vector<std::string>{"[]"});
    CHECK(shelf.faults().empty());
}

TEST_CASE("files are begun anew when they are large", "[archive]") {
    Shelf shelf;
    shelf.segment_bytes = 1;
    shelf.keep({a});
    shelf.keep({a, b});
    shelf.keep({a, b, c});
    CHECK(fs::exists(shelf.segment(3)));
    CHECK(shelf.give().bodies == std::vector{body_with({a, b, c})});
    CHECK(shelf.keep({a, b, c}) == 0);
    CHECK(shelf.faults().empty());
}

TEST_CASE("an imported version does not replace a newer one", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    CHECK(shelf.keep({a_open, b}, true, Arrival::imported) == 2);
    CHECK(shelf.keep({a_open, b}, true, Arrival::imported) == 0);
    // in one body the version that tells more counts
    CHECK(shelf.give().bodies == std::vector{body_with({a, a_open, b})});
    CHECK(shelf.keep({a, b}) == 1);
    CHECK(shelf.give().bodies == std::vector{body_with({b, a})});
    CHECK(shelf.keep({a_open}, true, Arrival::imported) == 0);
}

TEST_CASE("an imported list of jobs does not replace a newer one", "[archive]") {
    const Shelf shelf;
    const Job old{numbered(1), "Old name"};
    const Job gone{numbered(9), "Gone"};
    {
        Archive archive(shelf.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
        archive.keep_jobs(std::vector<Job>{old, gone}, Timestamp{}, Arrival::imported);
    }
    CHECK(open_archive_source(shelf.path())->jobs().entries == std::vector{nightly});
    CHECK(open_archive_source(shelf.path())->unlisted_jobs() == std::vector{gone});
}

TEST_CASE("of imported lists of jobs the last one counts", "[archive]") {
    const Shelf shelf;
    {
        Archive archive(shelf.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{{numbered(1), "Old name"}}, Timestamp{},
                          Arrival::imported);
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{}, Arrival::imported);
    }
    CHECK(open_archive_source(shelf.path())->jobs().entries == std::vector{nightly});
}

TEST_CASE("jobs that are no longer listed are told apart", "[archive]") {
    const Shelf shelf;
    const Job gone{numbered(9), "Gone"};
    {
        Archive archive(shelf.path(), "default", {});
        archive.keep_jobs(std::vector<Job>{gone, nightly}, Timestamp{});
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
    }
    CHECK(open_archive_source(shelf.path())->jobs().entries == std::vector{nightly});
    CHECK(open_archive_source(shelf.path())->unlisted_jobs() == std::vector{gone});
}

TEST_CASE("of two programs that write an archive one gives up", "[archive]") {
    const Shelf shelf;
    const Archive first(shelf.path(), "default", {});
    CHECK_THROWS_AS(Archive(shelf.path(), "default", std::chrono::milliseconds{1}), LeaseHeld);
}

TEST_CASE("an archive is of one organisation", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    CHECK_THROWS_AS(Archive(shelf.path(), "another", {}), ConfigError);
}

TEST_CASE("a folder that is no archive is none", "[archive]") {
    const Shelf shelf;
    CHECK_THROWS_WITH(open_archive_source(shelf.path()), ContainsSubstring("there is no archive"));
    CHECK_FALSE(fs::exists(shelf.path()));
}

TEST_CASE("the mark of a job tells an archive from its own earlier copy", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    const std::string before = stored_mark(shelf.path(), nightly.id);
    shelf.keep({a});
    CHECK(stored_mark(shelf.path(), nightly.id) == before);
    shelf.keep({b});
    CHECK(stored_mark(shelf.path(), nightly.id) != before);
    const Shelf other;
    other.keep({a});
    CHECK(stored_mark(other.path(), nightly.id) != before);
    CHECK(stored_mark(other.folder / "none", nightly.id).empty());
}

TEST_CASE("who owns an archive alone may read it", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    CHECK(fs::status(shelf.path()).permissions() == fs::perms::owner_all);
    CHECK(fs::status(shelf.segment()).permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
}
