#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>

using namespace tidemark::test;
namespace fs = std::filesystem;

namespace {

/// The anchor that GitHub gives a heading: small letters, hyphens for blanks, nothing else.
std::string anchor_of(const std::string& heading) {
    std::string anchor;
    for (const char c : heading) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == ' ')
            anchor += '-';
        else if (std::isalnum(byte) != 0 || c == '-' || c == '_')
            anchor += static_cast<char>(std::tolower(byte));
    }
    return anchor;
}

std::vector<std::string> anchors_in(const std::string& text) {
    std::vector<std::string> anchors;
    for (const std::string& heading : headings(text))
        anchors.push_back(anchor_of(heading));
    return anchors;
}

/// Where a page's links lead, without those to the web.
std::vector<std::string> links_in(const std::string& text) {
    static const std::regex link(R"(\]\(([^)\s]+)\))");
    std::vector<std::string> targets;
    for (std::sregex_iterator match(text.begin(), text.end(), link), last; match != last; ++match)
        if (!(*match)[1].str().starts_with("http")) targets.push_back((*match)[1]);
    return targets;
}

} // namespace

TEST_CASE("every link of a page leads to a file and a heading that are there", "[docs]") {
    const fs::path root = TIDEMARK_REPOSITORY;
    std::size_t links = 0;
    for (const auto& [path, text] : all_pages()) {
        for (const std::string& target : links_in(text)) {
            ++links;
            CAPTURE(path, target);
            const auto hash = target.find('#');
            const fs::path here = root / path;
            const fs::path file = hash == 0 ? here : here.parent_path() / target.substr(0, hash);
            REQUIRE(fs::exists(file));
            if (hash == std::string::npos) continue;
            const auto anchors = anchors_in(read_file(file));
            CHECK(std::count(anchors.begin(), anchors.end(), target.substr(hash + 1)) == 1);
        }
    }
    CHECK(links >= 20);
}

TEST_CASE("the README leads to every page", "[docs]") {
    const auto links = links_in(readme());
    for (const auto& [path, text] : all_pages()) {
        if (!path.starts_with("docs/")) continue;
        CAPTURE(path);
        CHECK(std::find(links.begin(), links.end(), path) != links.end());
    }
}

TEST_CASE("a page begins with its name and an introduction, and the README is short", "[docs]") {
    for (const auto& [path, text] : all_pages()) {
        CAPTURE(path);
        CHECK(text.starts_with("# "));
        const auto introduction = text.find("\n\n") + 2;
        const char first = text.at(introduction);
        CHECK((first == '`' || std::isalpha(static_cast<unsigned char>(first)) != 0));
    }
    const std::string text = readme();
    CHECK(std::count(text.begin(), text.end(), '\n') <= 170);
}
