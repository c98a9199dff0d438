#include "archive/kept.hpp"
#include "archive/manifest.hpp"
#include "error.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

bool names(const std::vector<std::string>& faults, const std::string& what) {
    return std::any_of(faults.begin(), faults.end(),
                       [&](const auto& fault) { return fault.find(what) != std::string::npos; });
}

} // namespace

TEST_CASE("a manifest that cannot be looked at is not taken for one that is not there",
          "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    fs::remove(fixture.path() / "manifest.json");
    fs::create_symlink("manifest.json", fixture.path() / "manifest.json"); // of itself
    CHECK_THROWS_WITH(read_manifest(fixture.path()), ContainsSubstring("cannot look into '"));
}

TEST_CASE("a write that was cut off anywhere loses nothing that was there before", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, b});
    const std::string manifest = read_file(fixture.path() / "manifest.json");
    const auto before = fs::file_size(fixture.segment());
    fixture.keep({a, b, c});
    const std::string whole = read_file(fixture.segment());
    for (std::size_t size = before; size <= whole.size(); ++size) {
        CAPTURE(size, before, whole.size());
        write_file(fixture.path() / "manifest.json", manifest); // the kill came before its rename
        write_file(fixture.segment(), whole.substr(0, size));
        const bool is_there = size == whole.size();
        REQUIRE(fixture.faults().empty());
        REQUIRE(fixture.read_back().bodies ==
                std::vector{is_there ? body_with({a, b, c}) : body_with({a, b})});
        REQUIRE(fixture.keep({a, b, c}) == (is_there ? 0 : 1));
        REQUIRE(fixture.read_back().bodies == std::vector{body_with({a, b, c})});
        REQUIRE(read_file(fixture.segment()).size() == whole.size());
        REQUIRE(fixture.faults().empty());
    }
}

TEST_CASE("a write of which the disk has the length alone loses nothing that was there before",
          "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, b});
    const std::string manifest = read_file(fixture.path() / "manifest.json");
    const auto before = fs::file_size(fixture.segment());
    fixture.keep({a, b, c});
    const std::string whole = read_file(fixture.segment());
    for (std::size_t from = before; from < whole.size(); ++from) {
        CAPTURE(from, before, whole.size());
        std::string bytes = whole.substr(0, from);
        bytes.resize(whole.size()); // zeros
        const bool is_there = bytes == whole;
        write_file(fixture.path() / "manifest.json", manifest);
        write_file(fixture.segment(), bytes);
        REQUIRE(fixture.read_back().bodies ==
                std::vector{is_there ? body_with({a, b, c}) : body_with({a, b})});
        REQUIRE(fixture.keep({a, b, c}) == (is_there ? 0 : 1));
        REQUIRE(fixture.read_back().bodies == std::vector{body_with({a, b, c})});
        REQUIRE(fixture.faults().empty());
    }
}

TEST_CASE("the first write ever may be cut off anywhere", "[archive]") {
    const ArchiveFixture fixture;
    { const Archive archive(fixture.path(), "default", {}); }
    const std::string manifest = read_file(fixture.path() / "manifest.json");
    fixture.keep({a});
    const std::string whole = read_file(fixture.segment());
    const fs::path list = fixture.path() / "jobs" / "000001.zst";
    const std::string whole_list = read_file(list);
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        CAPTURE(size);
        write_file(fixture.path() / "manifest.json", manifest);
        write_file(fixture.segment(), whole.substr(0, size));
        write_file(list, whole_list.substr(0, std::min(size, whole_list.size())));
        REQUIRE(fixture.faults().empty());
        fixture.keep({a});
        REQUIRE(fixture.read_back().bodies == std::vector{body_with({a})});
    }
}

TEST_CASE("a flipped byte is found wherever it stands, and its file is named", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, b});
    fixture.keep({a, b, c});
    const std::string whole = read_file(fixture.segment());
    const std::string file = folder_of(nightly.id) + "/000001.zst: ";
    for (std::size_t at = 0; at < whole.size(); ++at) {
        CAPTURE(at);
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        write_file(fixture.segment(), flipped);
        REQUIRE(names(fixture.faults(), file));
    }
    write_file(fixture.segment(), whole);
    CHECK(fixture.faults().empty());
}

TEST_CASE("what a damaged block does not hold is given all the same, and the job fails",
          "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, b});
    const auto first = fs::file_size(fixture.segment());
    fixture.keep({a, b, c});
    std::string bytes = read_file(fixture.segment());
    SECTION("in the content of the first block") {
        bytes[first - 10] = static_cast<char>(bytes[first - 10] ^ 1);
        write_file(fixture.segment(), bytes);
        CHECK(fixture.read_back().bodies == std::vector{body_with({c})});
        CHECK(names(fixture.faults(),
                    "it holds 2 versions, the first of execution " + to_text(numbered(1))));
    }
    SECTION("in the head of the second one") {
        bytes[first + 20] = static_cast<char>(bytes[first + 20] ^ 1);
        write_file(fixture.segment(), bytes);
        CHECK(fixture.read_back().bodies == std::vector{body_with({a, b})});
        CHECK(names(fixture.faults(), "the block at byte " + std::to_string(first)));
    }
    CHECK_THAT(fixture.read_back().failure,
               ContainsSubstring("is damaged in '" + folder_of(nightly.id)));
}

TEST_CASE("nothing is written behind what is damaged", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a, b});
    fixture.keep({a, b, c});
    const std::string whole = read_file(fixture.segment());
    SECTION("a file that lost its end") { write_file(fixture.segment(), whole.substr(0, 200)); }
    SECTION("a file that is gone") { fs::remove(fixture.segment()); }
    SECTION("a file of another archive") {
        const ArchiveFixture other;
        other.keep({c, b, a});
        fs::copy_file(other.segment(), fixture.segment(), fs::copy_options::overwrite_existing);
    }
    CHECK(fixture.faults().size() == 1);
    const bool there = fs::exists(fixture.segment());
    const std::string damaged = there ? read_file(fixture.segment()) : "";
    CHECK_THROWS_WITH(fixture.keep({a}), ContainsSubstring("restore this file from a backup"));
    CHECK(fs::exists(fixture.segment()) == there);
    CHECK((there ? read_file(fixture.segment()) : "") == damaged);
}

TEST_CASE("a block that is gone with its end of the file is missed", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    const std::string first = read_file(fixture.segment());
    fixture.keep({a, b});
    write_file(fixture.segment(), first);
    CHECK(names(fixture.faults(), "it has " + std::to_string(first.size()) + " bytes, and had "));
}

TEST_CASE("a manifest that is gone or none is told of", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({a});
    SECTION("gone") { fs::remove(fixture.path() / "manifest.json"); }
    SECTION("cut off") { write_file(fixture.path() / "manifest.json", "{\"format\": "); }
    SECTION("of a later version") {
        write_file(fixture.path() / "manifest.json", "{\"format\": \"tidemark archive 2\"}");
    }
    CHECK_THROWS_WITH(fixture.keep({a}), ContainsSubstring("manifest.json"));
}

TEST_CASE("an archive keeps nothing on a full disk, and is whole", "[archive]") {
    const ArchiveFixture fixture;
    fixture.keep({});
    fs::remove(fixture.segment());
    fs::create_symlink("/dev/full", fixture.segment());
    // the manifest of an archive in which this job has no file yet
    Manifest manifest = read_manifest(fixture.path());
    std::erase_if(manifest.segments,
                  [](const auto& entry) { return entry.first.starts_with("executions"); });
    write_manifest(fixture.path(), manifest);
    CHECK_THROWS_WITH(fixture.keep({a}), ContainsSubstring("No space left on device"));
    fs::remove(fixture.segment());
    CHECK(fixture.faults().empty());
    CHECK(fixture.keep({a}) == 1);
    CHECK(fixture.read_back().bodies == std::vector{body_with({a})});
}
