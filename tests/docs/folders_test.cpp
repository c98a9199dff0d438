#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <string_view>

namespace fs = std::filesystem;
using tidemark::test::read_file;

namespace {

struct Folder {
    std::string_view name;
    std::string_view what; ///< as docs/architecture.md words it
};

/// The architecture: each folder may include those that stand above it, and no other.
constexpr std::array<Folder, 12> folders = {
    {{"platform", "signals, descriptors, core files: what an operating system does its own way"},
     {"text", "UTF-8, terminal text, URLs, RE2 behind one door, near misses; knows no job"},
     {"model", "guid, time, execution, task run, job: values and their rules"},
     {"config", "a configuration file into checked values; the key"},
     {"attribution", "rules over messages: task runs, and the data source of a task"},
     {"parse", "bytes of a body into executions and jobs, or rejections"},
     {"source", "where bodies come from: the API over HTTP, or a folder of saved ones"},
     {"warehouse", "rows, batches, migrations, views; SQLite and PostgreSQL"},
     {"templates", "messages with their variable parts masked, grouped and counted"},
     {"sync", "plan, read, decide, write; apply a corrected configuration"},
     {"verify", "the warehouse against itself and against the source"},
     {"cli", "commands, their reports, tables for people"}}};

std::size_t place_of(std::string_view folder) {
    const auto found = std::find_if(folders.begin(), folders.end(),
                                    [folder](const Folder& known) { return known.name == folder; });
    return static_cast<std::size_t>(found - folders.begin());
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

TEST_CASE("each folder of the program includes only those above it") {
    const fs::path root = TIDEMARK_REPOSITORY "/etl";
    std::size_t edges = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string file = fs::relative(entry.path(), root).generic_string();
        if (!entry.is_regular_file() || file.find('/') == std::string::npos) continue;
        CAPTURE(file);
        const std::size_t own = place_of(top_folder(file));
        REQUIRE(own < folders.size());
        for (const std::string& included : includes_of(entry.path())) {
            CAPTURE(included);
            CHECK(place_of(top_folder(included)) <= own);
            ++edges;
        }
    }
    CHECK(edges > 300);
}

TEST_CASE("each folder of the architecture is there") {
    for (const Folder& folder : folders) {
        CAPTURE(folder.name);
        CHECK(fs::is_directory(fs::path(TIDEMARK_REPOSITORY "/etl") / folder.name));
        CHECK_FALSE(folder.what.empty());
    }
}
