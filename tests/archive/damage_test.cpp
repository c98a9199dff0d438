#include "archive/kept.hpp"
#include "error.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

bool names(const std::vector<std::string>& faults, const std::string& what) {
    return std::any_of(faults.begin(), faults.end(),
                       [&](const auto& fault) { return fault.find(what) != std::string::npos; });
}

} // namespace

TEST_CASE("a write that was cut off anywhere loses nothing that was there before", "[archive]") {
    const Shelf shelf;
    shelf.keep({a, b});
    const std::string manifest = read_file(shelf.path() / "manifest.json");
    const auto before = fs::file_size(shelf.segment());
    shelf.keep({a, b, c});
    const std::string whole = read_file(shelf.segment());
    for (std::size_t size = before; size <= whole.size(); ++size) {
        CAPTURE(size, before, whole.size());
        write_file(shelf.path() / "manifest.json", manifest); // the kill came before its rename
        write_file(shelf.segment(), whole.substr(0, size));
        const bool is_there = size == whole.size();
        REQUIRE(shelf.faults().empty());
        REQUIRE(shelf.give().bodies ==
                std::vector{is_there ? body_with({a, b, c}) : body_with({a, b})});
        REQUIRE(shelf.keep({a, b, c}) == (is_there ? 0 : 1));
        REQUIRE(shelf.give().bodies == std::vector{body_with({a, b, c})});
        REQUIRE(read_file(shelf.segment()).size() == whole.size());
        REQUIRE(shelf.faults().empty());
    }
}

TEST_CASE("a write of which the disk has the length alone loses nothing that was there before",
          "[archive]") {
    const Shelf shelf;
    shelf.keep({a, b});
    const std::string manifest = read_file(shelf.path() / "manifest.json");
    const auto before = fs::file_size(shelf.segment());
    shelf.keep({a, b, c});
    const std::string whole = read_file(shelf.segment());
    for (std::size_t from = before; from < whole.size(); ++from) {
        CAPTURE(from, before, whole.size());
        std::string bytes = whole.substr(0, from);
        bytes.resize(whole.size()); // zeros
        const bool is_there = bytes == whole;
        write_file(shelf.path() / "manifest.json", manifest);
        write_file(shelf.segment(), bytes);
        REQUIRE(shelf.give().bodies ==
                std::vector{is_there ? body_with({a, b, c}) : body_with({a, b})});
        REQUIRE(shelf.keep({a, b, c}) == (is_there ? 0 : 1));
        REQUIRE(shelf.give().bodies == std::vector{body_with({a, b, c})});
        REQUIRE(shelf.faults().empty());
    }
}

TEST_CASE("the first write ever may be cut off anywhere", "[archive]") {
    const Shelf shelf;
    { const Archive archive(shelf.path(), "default", {}); }
    const std::string manifest = read_file(shelf.path() / "manifest.json");
    shelf.keep({a});
    const std::string whole = read_file(shelf.segment());
    const fs::path list = shelf.path() / "jobs" / "000001.zst";
    const std::string whole_list = read_file(list);
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        CAPTURE(size);
        write_file(shelf.path() / "manifest.json", manifest);
        write_file(shelf.segment(), whole.substr(0, size));
        write_file(list, whole_list.substr(0, std::min(size, whole_list.size())));
        REQUIRE(shelf.faults().empty());
        shelf.keep({a});
        REQUIRE(shelf.give().bodies == std::vector{body_with({a})});
    }
}

TEST_CASE("a flipped byte is found wherever it stands, and its file is named", "[archive]") {
    const Shelf shelf;
    shelf.keep({a, b});
    shelf.keep({a, b, c});
    const std::string whole = read_file(shelf.segment());
    const std::string file = folder_of(nightly.id) + "/000001.zst: ";
    for (std::size_t at = 0; at < whole.size(); ++at) {
        CAPTURE(at);
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        write_file(shelf.segment(), flipped);
        REQUIRE(names(shelf.faults(), file));
    }
    write_file(shelf.segment(), whole);
    CHECK(shelf.faults().empty());
}

TEST_CASE("what a damaged block does not hold is given all the same, and the job fails",
          "[archive]") {
    const Shelf shelf;
    shelf.keep({a, b});
    const auto first = fs::file_size(shelf.segment());
    shelf.keep({a, b, c});
    std::string bytes = read_file(shelf.segment());
    SECTION("in the content of the first block") {
        bytes[first - 10] = static_cast<char>(bytes[first - 10] ^ 1);
        write_file(shelf.segment(), bytes);
        CHECK(shelf.give().bodies == std::vector{body_with({c})});
        CHECK(names(shelf.faults(),
                    "it holds 2 versions, the first of execution " + to_text(numbered(1))));
    }
    SECTION("in the head of the second one") {
        bytes[first + 20] = static_cast<char>(bytes[first + 20] ^ 1);
        write_file(shelf.segment(), bytes);
        CHECK(shelf.give().bodies == std::vector{body_with({a, b})});
        CHECK(names(shelf.faults(), "the block at byte " + std::to_string(first)));
    }
    CHECK_THAT(shelf.give().failure, ContainsSubstring("is damaged in '" + folder_of(nightly.id)));
}

TEST_CASE("nothing is written behind what is damaged", "[archive]") {
    const Shelf shelf;
    shelf.keep({a, b});
    shelf.keep({a, b, c});
    const std::string whole = read_file(shelf.segment());
    SECTION("a file that lost its end") { write_file(shelf.segment(), whole.substr(0, 200)); }
    SECTION("a file that is gone") { fs::remove(shelf.segment()); }
    SECTION("a file of another archive") {
        const Shelf other;
        other.keep({c, b, a});
        fs::copy_file(other.segment(), shelf.segment(), fs::copy_options::overwrite_existing);
    }
    CHECK(shelf.faults().size() == 1);
    const bool there = fs::exists(shelf.segment());
    const std::string damaged = there ? read_file(shelf.segment()) : "";
    CHECK_THROWS_WITH(shelf.keep({a}), ContainsSubstring("restore this file from a backup"));
    CHECK(fs::exists(shelf.segment()) == there);
    CHECK((there ? read_file(shelf.segment()) : "") == damaged);
}

TEST_CASE("a block that is gone with its end of the file is missed", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    const std::string first = read_file(shelf.segment());
    shelf.keep({a, b});
    write_file(shelf.segment(), first);
    CHECK(names(shelf.faults(), "it has " + std::to_string(first.size()) + " bytes, and had "));
}

TEST_CASE("a manifest that is gone or none is told of", "[archive]") {
    const Shelf shelf;
    shelf.keep({a});
    SECTION("gone") { fs::remove(shelf.path() / "manifest.json"); }
    SECTION("cut off") { write_file(shelf.path() / "manifest.json", "{\"format\": "); }
    SECTION("of a later version") {
        write_file(shelf.path() / "manifest.json", "{\"format\": \"tidemark archive 2\"}");
    }
    CHECK_THROWS_WITH(shelf.keep({a}), ContainsSubstring("manifest.json"));
}

TEST_CASE("an archive keeps nothing on a full disk, and is whole", "[archive]") {
    const Shelf shelf;
    shelf.keep({});
    fs::remove(shelf.segment());
    fs::create_symlink("/dev/full", shelf.segment());
    // the manifest of an archive in which this job has no file yet
    Manifest manifest = read_manifest(shelf.path());
    std::erase_if(manifest.segments,
                  [](const auto& entry) { return entry.first.starts_with("executions"); });
    write_manifest(shelf.path(), manifest);
    CHECK_THROWS_WITH(shelf.keep({a}), ContainsSubstring("No space left on device"));
    fs::remove(shelf.segment());
    CHECK(shelf.faults().empty());
    CHECK(shelf.keep({a}) == 1);
    CHECK(shelf.give().bodies == std::vector{body_with({a})});
}
