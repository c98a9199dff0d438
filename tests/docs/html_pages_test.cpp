#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/skip.hpp"
#include "support/temporary_folder.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

using namespace tidemark::test;
namespace fs = std::filesystem;

namespace {

/// The exit code of packaging/pages.pl.
int make_pages(const fs::path& folder) {
    const std::string command = "perl '" TIDEMARK_REPOSITORY "/packaging/pages.pl' '" +
                                folder.string() + "' 2>'" + (folder / "said").string() + "'";
    const int status = std::system(command.c_str()); // NOLINT(concurrency-mt-unsafe): one thread
    return WEXITSTATUS(status);
}

} // namespace

TEST_CASE("the pages of the zip for Windows are HTML, and no link of theirs is broken", "[docs]") {
    if (std::system("command -v cmark-gfm >/dev/null") != 0) { // NOLINT(concurrency-mt-unsafe)
        return skip_case("there is no cmark-gfm");
    }
    const TemporaryFolder folder;
    const fs::path root = TIDEMARK_REPOSITORY;
    fs::copy(root / "docs", folder / "docs", fs::copy_options::recursive);
    fs::copy(root / "README.md", folder / "README.md");
    CHECK(make_pages(folder.path()) == 0);
    CHECK(read_file(folder / "said").empty());
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
        CHECK(entry.path().extension() != ".md");
    const std::string text = read_file(folder / "docs/windows.html");
    CHECK_THAT(text, ContainsSubstring("<h2 id=\"the-first-answer\">"));
    CHECK_THAT(text, ContainsSubstring("<a href=\"attribution.html\">"));
    // what is not in the zip is no link
    const std::string developing = read_file(folder / "docs/development.html");
    CHECK_THAT(developing, ContainsSubstring("tests/README.md"));
    CHECK_THAT(developing, !ContainsSubstring("href=\"../tests"));
}

TEST_CASE("a broken link stops the pages of the zip", "[docs]") {
    if (std::system("command -v cmark-gfm >/dev/null") != 0)
        return; // NOLINT(concurrency-mt-unsafe)
    const TemporaryFolder folder;
    write_file(folder / "README.md", "# A\n\n[b](b.md#no-such-heading) [a](#a)\n");
    write_file(folder / "b.md", "# B\n");
    CHECK(make_pages(folder.path()) == 1);
    CHECK_THAT(read_file(folder / "said"), ContainsSubstring("links to 'b.html#no-such-heading'"));
    CHECK_THAT(read_file(folder / "said"), !ContainsSubstring("'#a'"));
}
