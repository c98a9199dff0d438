#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

using namespace tidemark::test;

namespace {

const std::string attribution = "attribution.md";

const std::string no_rules = "[source]\nbase_url = \"https://gateway.example\"\n";

/// Whoever follows the page, with the samples' first night for their bodies.
struct Reader : TemporaryFolder {
    Reader() {
        configure("");
        const Ran synced = run({"sync", "--from", TIDEMARK_REPOSITORY "/tests/samples/night1"});
        if (synced.exit_code != 0) throw std::runtime_error(synced.err);
    }
    void configure(const std::string& more) { write_file(path() / "config.toml", no_rules + more); }
    Ran run(const std::vector<std::string>& arguments) { return run_tidemark(path(), arguments); }
};

} // namespace

TEST_CASE("the page on attribution shows what the program prints", "[docs]") {
    Reader reader;
    const Ran suggested = reader.run({"messages", "--suggest", "fecaf2e9"});
    CHECK_THAT(page(attribution), ContainsSubstring(suggested.out));
    CHECK_THAT(reader.run({"messages", "--unmatched"}).out, ContainsSubstring("615dde7d     45"));

    const std::string rules =
        suggested.out + "[[attribution.convention]]\npattern = \"^(?P<source>.+?) - \"\n";
    reader.configure(rules);
    CHECK(reader.run({"attribute"}).exit_code == 0);
    const Ran left = reader.run({"query", "unattributed_tasks"});
    CHECK_THAT(left.out, ContainsSubstring("Import Metadata"));

    reader.configure(rules +
                     "[[attribution.test]]\nmessage = \"Transfer task 'xfer-07' completed, 3 "
                     "rows\"\nsource = \"Warehouse scanners\"\n");
    const Ran tested = reader.run({"attribute", "--test"});
    CHECK(tested.exit_code == 3);
    const std::string difference =
        "    source: expected 'Warehouse scanners', got no data source (attributed by: none)\n";
    CHECK_THAT(tested.out, ContainsSubstring(difference));
    CHECK_THAT(page(attribution), ContainsSubstring(difference));
}
