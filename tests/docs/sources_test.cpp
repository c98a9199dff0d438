#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

namespace fs = std::filesystem;
using tidemark::test::read_file;

namespace {

std::vector<fs::path> files_below(const std::string& folder,
                                  const std::vector<std::string>& endings) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(TIDEMARK_REPOSITORY "/" + folder)) {
        const auto ending = entry.path().extension().string();
        if (std::find(endings.begin(), endings.end(), ending) != endings.end())
            files.push_back(entry.path());
    }
    return files;
}

std::ptrdiff_t lines_in(const fs::path& file) {
    const std::string text = read_file(file);
    return std::count(text.begin(), text.end(), '\n');
}

} // namespace

TEST_CASE("the library's headers include the standard library and each other, nothing else",
          "[docs]") {
    const std::regex include("#\\s*include\\s*<([^>]*)>");
    const std::regex standard("[a-z_]+");
    const auto headers = files_below("etl", {".hpp"});
    CHECK(headers.size() > 40);
    for (const fs::path& header : headers) {
        CAPTURE(header);
        const std::string text = read_file(header);
        for (std::sregex_iterator match(text.begin(), text.end(), include), last; match != last;
             ++match) {
            CAPTURE((*match)[1].str());
            CHECK(std::regex_match((*match)[1].str(), standard));
        }
    }
}

TEST_CASE("the container is built out of files that are there", "[docs]") {
    const std::string text = read_file(TIDEMARK_REPOSITORY "/packaging/Containerfile");
    const std::regex copied("\nCOPY ([a-zA-Z][^\n]*) [^ \n]+");
    std::size_t files = 0;
    for (std::sregex_iterator match(text.begin(), text.end(), copied), last; match != last;
         ++match) {
        std::istringstream names((*match)[1].str());
        for (std::string name; names >> name; ++files) {
            CAPTURE(name);
            CHECK(fs::exists(TIDEMARK_REPOSITORY "/" + name));
        }
    }
    CHECK(files >= 12);
}

TEST_CASE("main is short") { CHECK(lines_in(TIDEMARK_REPOSITORY "/etl/main.cpp") < 60); }

TEST_CASE("no source file is long", "[docs]") {
    for (const std::string folder : {"etl", "tests", "sql", "schema"}) {
        const auto files = files_below(folder, {".cpp", ".hpp", ".sql", ".sh"});
        CHECK_FALSE(files.empty());
        for (const fs::path& file : files) {
            CAPTURE(file);
            CHECK(lines_in(file) <= 350);
        }
    }
}

TEST_CASE("what systems do their own way stands in one folder", "[docs]") {
    // a path's own text is not UTF-8 everywhere; platform/path_text.hpp gives it
    const std::regex own_way("_WIN32|__linux__|<(unistd|fcntl|poll|termios|windows|io)\\.h>|<sys/|"
                             "path::string|\\.string\\(\\)|->string\\(\\)|generic_string");
    std::size_t looked_at = 0;
    for (const fs::path& file : files_below("etl", {".cpp", ".hpp"})) {
        if (file.string().find("/etl/platform/") != std::string::npos) continue;
        ++looked_at;
        CAPTURE(file);
        const std::string text = read_file(file);
        std::smatch found;
        const bool has_own_way = std::regex_search(text, found, own_way);
        CAPTURE(found.str());
        CHECK_FALSE(has_own_way);
    }
    CHECK(looked_at > 200);
}
