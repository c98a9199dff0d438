#include "config/config_error.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string with_include =
    "source.base_url = \"https://gateway.example\"\n"
    "[[attribution.rule]]\nname = \"own\"\npattern = \"^own (?P<task>.+)\"\n"
    "[attribution]\ninclude = \"rules.toml\"\nfailure_words = [\"oops\"]\n";

/// The text of the ConfigError that is thrown.
template <typename Work> std::string error_of(Work work) {
    try {
        work();
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("Included rules stand behind the configuration's own and know their file") {
    const TemporaryFolder folder;
    write_file(folder / "rules.toml",
               "[[attribution.rule]]\npattern = \"^in (?P<task>.+)\"\n"
               "[[attribution.convention]]\npattern = \"^(?P<source>.+?) - \"\n"
               "[attribution.sources]\n\"A\" = \"B\"\n"
               "[[attribution.test]]\nmessage = \"in A\"\n");
    const Config config = parse_config(with_include, folder / "config.toml");
    const AttributionConfig& attribution = config.attribution;
    REQUIRE(attribution.rules.size() == 2);
    CHECK(attribution.rules[0].file == folder / "config.toml");
    CHECK(attribution.rules[1].name == "rule 2");
    CHECK(attribution.rules[1].file == folder / "rules.toml");
    CHECK(attribution.rules[1].line == 2);
    CHECK(attribution.tests.at(0).file == folder / "rules.toml");
    CHECK(attribution.sources.at(0).source == "B");
    CHECK(attribution.conventions.size() == 1);
    CHECK(attribution.failure_words == std::vector<std::string>{"oops"});
}

TEST_CASE("A fault in an included file is told with that file and line") {
    const TemporaryFolder folder;
    const auto refusal = [&](const std::string& rules) {
        write_file(folder / "rules.toml", rules);
        return error_of([&] { parse_config(with_include, folder / "config.toml"); });
    };
    const std::string file = (folder / "rules.toml").string();
    CHECK(refusal("\n[[attribution.rule]]\npattern = \"(?P<task>.+\"\n")
              .starts_with(file + ":3: 'attribution.rule.pattern' is refused by RE2"));
    CHECK(refusal("[source]\nretries = 1\n").starts_with(file + ":1: unknown table 'source'"));
    CHECK(refusal("[attribution]\ninclude = \"more.toml\"\n")
              .starts_with(file + ":2: unknown key 'attribution.include'"));
}

TEST_CASE("An included file that is not there is an error, unless it is about to be written") {
    const TemporaryFolder folder;
    const std::string file = (folder / "rules.toml").string();
    CHECK(error_of([&] { parse_config(with_include, folder / "config.toml"); }) ==
          "cannot read '" + file +
              "', which attribution.include names: No such file or directory; 'tidemark messages "
              "--learn --write FILE' writes one");
    CHECK(parse_config(with_include, folder / "config.toml", true).attribution.include_is_missing);
}

TEST_CASE("A configuration that includes itself is refused, under each name of its file") {
    const TemporaryFolder folder;
    write_file(folder / "rules.toml", with_include);
    std::filesystem::create_symlink(folder / "rules.toml", folder / "link.toml");
    const std::string name = GENERATE("rules.toml", "link.toml");
    CHECK(error_of([&] { parse_config(with_include, folder / name); }) ==
          (folder / "rules.toml").string() +
              ": 'attribution.include' names this file itself; it takes a further file with rules");
}
