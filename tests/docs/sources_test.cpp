#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <regex>

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
