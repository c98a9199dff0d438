#include "config/config.hpp"
#include "support/at_terminal.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/postgres_server.hpp"
#include "support/sample_workspace.hpp"
#include "support/simulator.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>

using namespace tidemark::test;

namespace {

mode_t mode_of(const std::filesystem::path& file) {
    struct stat status {};
    return stat(file.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

/// `tidemark init` in a folder, without a terminal.
Ran init(const TemporaryFolder& folder, std::vector<std::string> options,
         const std::string& key = "a-secret-key") {
    options.insert(options.begin(), "init");
    return run_tidemark(folder.path(), options, key);
}

tidemark::Config written(const TemporaryFolder& folder) {
    return tidemark::load_config(folder / "config.toml");
}

} // namespace

TEST_CASE("init writes a configuration that a sync can use at once", "[init]") {
    const Simulator simulator({"--jobs", "2", "--stay-open", "0:25"});
    const TemporaryFolder folder;
    const Ran ran = init(folder, {"--base-url", simulator.url()});
    CAPTURE(ran.out, ran.err);
    REQUIRE(ran.exit_code == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, ContainsSubstring("lists 2 jobs; the key goes into the header 'apiKey'"));
    CHECK_THAT(ran.out, ContainsSubstring("executions newest first, members in PascalCase"));
    CHECK_THAT(ran.out, ContainsSubstring("they carry no zone (the newest CreateTime is 20"));
    CHECK_THAT(ran.out, ContainsSubstring("prove running = 0, completed = 1, failed = 2"));
    CHECK_THAT(ran.out, ContainsSubstring("'sqlite:tidemark.db' is not there yet"));
    CHECK_THAT(ran.out, ContainsSubstring("Next:\n  tidemark sync "));
    CHECK(written(folder).attribution.rules.empty());
    CHECK(written(folder).source.api_key_env == "TIDEMARK_API_KEY");
    CHECK_FALSE(std::filesystem::exists(folder / "tidemark.key"));
    CHECK_FALSE(std::filesystem::exists(folder / "tidemark.db"));

    CHECK(run_tidemark(folder.path(), {"sync"}).exit_code == 0);
    CHECK(run_tidemark(folder.path(), {"check"}).exit_code == 0);
}

TEST_CASE("init finds the header that a gateway wants, and what its bodies look like", "[init]") {
    const auto [header, name] = GENERATE(
        table<std::string, std::string>({{"apikey", "apiKey"},
                                         {"x-api-key", "X-API-Key"},
                                         {"ocp-apim-subscription-key", "Ocp-Apim-Subscription-Key"},
                                         {"authorization", "Authorization"}}));
    const Simulator simulator({"--jobs", "2", "--key-header", header, "--order", "oldest",
                               "--casing", "camel", "--time", "z", "--states", "1"});
    const TemporaryFolder folder;
    const Ran ran = init(folder, {"--base-url", simulator.url() + "/public/jobs/"});
    CAPTURE(ran.out, ran.err);
    REQUIRE(ran.exit_code == 0);
    CHECK_THAT(ran.out, ContainsSubstring("executions oldest first, members in camelCase"));
    CHECK_THAT(ran.out, ContainsSubstring("they carry their zone"));
    CHECK_THAT(ran.out, ContainsSubstring("prove running = 1, completed = 2, failed = 3"));
    CHECK(written(folder).source.api_key_header == name);
    CHECK(written(folder).source.base_url == simulator.url());
    CHECK(written(folder).source.states == tidemark::StateMap{-1, 1, 2, 3});
    CHECK(run_tidemark(folder.path(), {"jobs"}).exit_code == 0);
}

TEST_CASE("init puts the word before the key that a gateway wants", "[init]") {
    const Simulator simulator({"--key-header", "Authorization"});
    simulator.send("options?key=Bearer%20a-secret-key");
    const TemporaryFolder folder;
    const Ran by_variable = init(folder, {"--base-url", simulator.url()});
    CHECK(by_variable.exit_code == 2);
    CHECK_THAT(by_variable.err, ContainsSubstring("'Authorization' with 'Bearer ' before it"));
    const Ran ran = init(folder, {"--base-url", simulator.url(), "--api-key-file", "tidemark.key"});
    CAPTURE(ran.out, ran.err);
    REQUIRE(ran.exit_code == 0);
    CHECK(read_file(folder / "tidemark.key") == "Bearer a-secret-key\n");
    CHECK(run_tidemark(folder.path(), {"jobs"}, "").exit_code == 0);
}

TEST_CASE("init writes a key only into a file that nobody else may read", "[init]") {
    const Simulator simulator({"--jobs", "1"});
    const TemporaryFolder folder;
    umask(0);
    const Ran ran = init(folder, {"--base-url", simulator.url(), "--api-key-file", "k/my.key",
                                  "--config", "c.toml", "--organisation", "Øst"});
    CHECK(ran.exit_code == 2); // there is no folder k
    CHECK_FALSE(std::filesystem::exists(folder / "c.toml"));
    std::filesystem::create_directory(folder / "k");
    const Ran again = init(folder, {"--base-url", simulator.url(), "--api-key-file", "k/my.key",
                                    "--config", "c.toml", "--organisation", "Øst"});
    umask(022);
    CAPTURE(again.out, again.err);
    REQUIRE(again.exit_code == 0);
    CHECK(mode_of(folder / "k/my.key") == 0600);
    CHECK(read_file(folder / "k/my.key") == "a-secret-key\n");
    CHECK_THAT(again.out + again.err + read_file(folder / "c.toml"),
               !ContainsSubstring("a-secret-key"));
    CHECK_THAT(again.out, ContainsSubstring("tidemark sync --config 'c.toml'"));
    CHECK(run_tidemark(folder.path(), {"check", "--config", "c.toml"}, "").exit_code == 0);
}

TEST_CASE("init replaces no file that is there, unless it is told to", "[init]") {
    const Simulator simulator({"--jobs", "1"});
    const TemporaryFolder folder;
    write_file(folder / "config.toml", "mine");
    const Ran refused = init(folder, {"--base-url", simulator.url()});
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err, ContainsSubstring("'config.toml' is there already; give --force"));
    CHECK(read_file(folder / "config.toml") == "mine");

    std::filesystem::remove(folder / "config.toml");
    write_file(folder / "tidemark.key", "another key\n");
    chmod((folder / "tidemark.key").c_str(), 0644);
    const Ran key = init(folder, {"--base-url", simulator.url()}, "");
    CHECK(key.exit_code == 2);
    CHECK_THAT(key.err, ContainsSubstring("give --api-key-file 'tidemark.key' to use it"));
    CHECK(read_file(folder / "tidemark.key") == "another key\n");

    write_file(folder / "given.key", "a-secret-key\n");
    const Ran given =
        init(folder, {"--base-url", simulator.url(), "--api-key-file", "given.key"}, "");
    CHECK(given.exit_code == 0);
    CHECK(written(folder).source.api_key_file == folder / "given.key");
    const Ran forced = init(folder, {"--base-url", simulator.url(), "--force"});
    CHECK(forced.exit_code == 0);
    CHECK(written(folder).source.api_key_env == "TIDEMARK_API_KEY");
}

TEST_CASE("init without a terminal names the option that is missing", "[init]") {
    const Simulator simulator({"--jobs", "1"});
    const TemporaryFolder folder;
    const Ran url = init(folder, {});
    CHECK(url.exit_code == 2);
    CHECK_THAT(url.err, ContainsSubstring("'--base-url' is missing"));
    const Ran key = init(folder, {"--base-url", simulator.url()}, "");
    CHECK(key.exit_code == 2);
    CHECK_THAT(key.err, ContainsSubstring("there is no API key in '"));
    CHECK_FALSE(std::filesystem::exists(folder / "config.toml"));
}

TEST_CASE("init takes no zone for UTC in which the newest execution would be to come", "[init]") {
    const Simulator simulator(
        {"--jobs", "1", "--every-hours", "1", "--time", "zone:Pacific/Kiritimati"});
    const TemporaryFolder folder;
    const Ran ran = init(folder, {"--base-url", simulator.url()});
    CAPTURE(ran.out);
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("'--timezone' is missing: times are not UTC"));
    CHECK_FALSE(std::filesystem::exists(folder / "config.toml"));
    const Ran shown =
        init(folder, {"--base-url", simulator.url(), "--timezone", "Pacific/Kiritimati"});
    CHECK(shown.exit_code == 0);
    CHECK(written(folder).source.timezone.name() == "Pacific/Kiritimati");
    const Ran unknown =
        init(folder, {"--base-url", simulator.url(), "--timezone", "Mars", "--force"});
    CHECK(unknown.exit_code == 2);
    CHECK_THAT(unknown.err, ContainsSubstring("'--timezone'"));
}

TEST_CASE("init says why it writes nothing", "[init]") {
    const Simulator simulator({"--jobs", "1"});
    const TemporaryFolder folder;
    const Ran refused = init(folder, {"--base-url", simulator.url()}, "the-wrong-key");
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.err, ContainsSubstring("refused the key (HTTP 401)"));
    CHECK_THAT(refused.err, ContainsSubstring("'X-API-Key'"));
    CHECK_THAT(refused.err, !ContainsSubstring("the-wrong-key"));

    const Ran path = init(folder, {"--base-url", simulator.url() + "/nowhere"});
    CHECK(path.exit_code == 1);
    CHECK_THAT(path.err, ContainsSubstring("HTTP 404"));
    CHECK_THAT(path.err, ContainsSubstring("check '--base-url'"));

    const Ran http = init(folder, {"--base-url", "http://gateway.example"});
    CHECK(http.exit_code == 2);
    CHECK_THAT(http.err, ContainsSubstring("'--allow-http'"));

    const Ran warehouse =
        init(folder, {"--base-url", simulator.url(), "--warehouse", "sqlite:no/such/folder.db"});
    CHECK(warehouse.exit_code == 1);
    CHECK_THAT(warehouse.err, ContainsSubstring("there is no folder"));
    CHECK_FALSE(std::filesystem::exists(folder / "config.toml"));
}

TEST_CASE("init tries a PostgreSQL warehouse, and warns of another's history in it", "[init]") {
    const Simulator simulator({"--jobs", "1"});
    const TemporaryFolder folder;
    const Ran wrong = init(folder, {"--base-url", simulator.url(), "--warehouse",
                                    postgres_server().url("no_such_database")});
    CHECK(wrong.exit_code == 1);
    CHECK_THAT(wrong.err, ContainsSubstring("no_such_database"));
    const std::vector<std::string> options = {"--base-url",  simulator.url(),
                                              "--warehouse", postgres_server().url(),
                                              "--schema",    "init_test"};
    CHECK(init(folder, options).exit_code == 0);
    CHECK(run_tidemark(folder.path(), {"sync"}).exit_code == 0);

    const Simulator other({"--jobs", "1", "--seed", "2"});
    auto others = options;
    others[1] = other.url();
    others.emplace_back("--force");
    const Ran clash = init(folder, others);
    CHECK(clash.exit_code == 3);
    CHECK_THAT(clash.out, ContainsSubstring("holds an organisation 'default' of another address"));
}

TEST_CASE("init asks at a terminal, shows no key, and asks again after a refusal", "[init]") {
    const Simulator simulator({"--jobs", "1"});
    const TemporaryFolder folder;
    const std::string address = "Address of the jobs API";
    const std::string key = "it is not shown here): ";
    const Ran ran = run_at_terminal(folder.path(), {"init"},
                                    {{address, "http://127.0.0.1:1"},
                                     {key, "a-secret-key"},
                                     {address, simulator.url() + "/public/jobs"},
                                     {key, "the-wrong-key"},
                                     {key, "a-secret-key"},
                                     {"Organisation", "North"},
                                     {"Warehouse", ""},
                                     {"Zone that they are in", "Mars"},
                                     {"'Mars' is not known", "Europe/Copenhagen"}},
                                    200, "");
    CAPTURE(ran.out);
    REQUIRE(ran.exit_code == 0);
    CHECK_THAT(ran.out, !ContainsSubstring("secret-key"));
    CHECK_THAT(ran.out, !ContainsSubstring("wrong-key"));
    CHECK_THAT(ran.out, ContainsSubstring("refused the key"));
    const auto config = written(folder);
    CHECK(config.source.organisation == "North");
    CHECK(config.source.base_url == simulator.url());
    CHECK(config.source.timezone.name() == "Europe/Copenhagen");
    CHECK(mode_of(folder / "tidemark.key") == 0600);
    CHECK(read_file(folder / "tidemark.key") == "a-secret-key\n");
    CHECK(run_tidemark(folder.path(), {"sync"}, "").exit_code == 0);
}

TEST_CASE("init asks nothing when the key's file is in the way", "[init]") {
    const TemporaryFolder folder;
    write_file(folder / "tidemark.key", "a-secret-key\n");
    const Ran ran = run_at_terminal(folder.path(), {"init"}, {}, 200, "");
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.out, ContainsSubstring("tidemark.key' is there already; give --api-key-file"));
    CHECK_THAT(ran.out, !ContainsSubstring("Address of the jobs API"));
    CHECK(run_at_terminal(folder.path(), {"init", "--api-key-file", "tidemark.key"},
                          {{"Address of the jobs API", "\x03"}}, 200, "")
              .exit_code == 130);
}

TEST_CASE("init that is interrupted at a question leaves nothing behind", "[init]") {
    const TemporaryFolder folder;
    const Ran ran = run_at_terminal(folder.path(), {"init", "--base-url", "http://127.0.0.1:1"},
                                    {{"it is not shown here): ", "\x03"}}, 80, "");
    CAPTURE(ran.out);
    CHECK(ran.exit_code == 130);
    CHECK(std::filesystem::is_empty(folder.path()));
}
