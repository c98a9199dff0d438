#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace tidemark::test;

namespace {

/// The architecture: each folder may include those that stand above it, and no other.
std::vector<std::string> folders() {
    std::vector<std::string> names;
    for (const auto& row : table_rows(section(page("architecture.md"), "## The folders")))
        names.push_back(row.front().substr(1, row.front().size() - 2));
    return names;
}

std::size_t place_of(const std::vector<std::string>& order, const std::string& folder) {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), folder) - order.begin());
}

std::string top_folder(const std::string& path) { return path.substr(0, path.find('/')); }

std::set<std::string> includes_of(const fs::path& file) {
    const std::string text = read_file(file);
    const std::regex include("#include \"([a-z_/0-9]+/[a-z_0-9]+\\.[a-z]+)\"");
    std::set<std::string> included;
    for (std::sregex_iterator match(text.begin(), text.end(), include), last; match != last;
         ++match)
        included.insert((*match)[1].str());
    return included;
}

} // namespace

TEST_CASE("each folder of the program includes only those above it", "[docs]") {
    const fs::path root = TIDEMARK_REPOSITORY "/etl";
    const auto order = folders();
    std::size_t edges = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string file = fs::relative(entry.path(), root).generic_string();
        if (!entry.is_regular_file() || file.find('/') == std::string::npos) continue;
        CAPTURE(file);
        const std::size_t own = place_of(order, top_folder(file));
        REQUIRE(own < order.size());
        for (const std::string& included : includes_of(entry.path())) {
            CAPTURE(included);
            CHECK(place_of(order, top_folder(included)) <= own);
            ++edges;
        }
    }
    CHECK(edges > 300);
}

TEST_CASE("each folder of the architecture is there", "[docs]") {
    CHECK(folders().size() >= 10);
    for (const std::string& folder : folders()) {
        CAPTURE(folder);
        CHECK(fs::is_directory(fs::path(TIDEMARK_REPOSITORY "/etl") / folder));
    }
}

TEST_CASE("every source that the architecture names is there", "[docs]") {
    std::size_t sources = 0;
    for (const std::string& word : code_words(page("architecture.md"))) {
        if (!word.ends_with(".cpp") && !word.ends_with(".hpp")) continue;
        ++sources;
        CAPTURE(word);
        const fs::path root = TIDEMARK_REPOSITORY;
        CHECK((fs::exists(root / word) || fs::exists(root / "etl" / word)));
    }
    CHECK(sources >= 10);
}

TEST_CASE("the page on tests has a row for each of their folders", "[docs]") {
    const fs::path root = TIDEMARK_REPOSITORY "/tests";
    std::set<std::string> there;
    for (const auto& entry : fs::directory_iterator(root))
        if (entry.is_directory()) there.insert(entry.path().filename().string());
    std::set<std::string> listed;
    for (const auto& row : table_rows(read_file(root / "README.md")))
        listed.merge(code_words(row.front()));
    CHECK(listed == there);
}
