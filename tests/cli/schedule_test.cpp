#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>

using namespace tidemark::test;

namespace {

Ran schedule(const TemporaryFolder& folder, std::vector<std::string> options) {
    options.insert(options.begin(), "schedule");
    return run_tidemark(folder.path(), options);
}

} // namespace

TEST_CASE("a schedule for systemd starts the sync at the time, as the user, with the key") {
    const TemporaryFolder folder;
    write_file(folder / "config.toml",
               "[source]\nbase_url = \"https://gateway.example\"\napi_key_file = \"my.key\"\n"
               "[warehouse]\nurl = \"sqlite:data/tidemark.db\"\n");
    const Ran ran = schedule(folder, {"--at", "05:07", "--user", "loader", "--dir", "."});
    CHECK(ran.exit_code == 0);
    const std::string service = read_file(folder / "tidemark.service");
    const std::string path = std::filesystem::canonical(folder.path()).string();
    CHECK_THAT(service, ContainsSubstring("\nUser=loader\n"));
    CHECK_THAT(service, ContainsSubstring(" sync --config " + path + "/config.toml\n"));
    CHECK_THAT(service, ContainsSubstring("\nLoadCredential=tidemark.key:" + path + "/my.key\n"));
    CHECK_THAT(service, ContainsSubstring("\nReadWritePaths=" + path + "/data\n"));
    CHECK_THAT(read_file(folder / "tidemark.timer"),
               ContainsSubstring("\nOnCalendar=*-*-* 05:07\n"));
    CHECK_THAT(ran.err, ContainsSubstring("sudo systemctl enable --now tidemark.timer\n"));
}

TEST_CASE("a path with a blank, a percent sign or a quote reaches every scheduler whole") {
    const TemporaryFolder folder;
    const std::string config = "/srv/50% \"odd\"/it's.toml";
    const auto as = [&](const char* scheduler) {
        return schedule(folder, {"--at", "23:59", "--config", config, "--program", "/opt/a b",
                                 "--as", scheduler})
            .out;
    };
    CHECK_THAT(as("systemd"), ContainsSubstring("\nExecStart=\"/opt/a b\" sync --config "
                                                "\"/srv/50%% \\\"odd\\\"/it's.toml\"\n"));
    CHECK_THAT(
        as("cron"),
        ContainsSubstring(
            "59 23 * * * tidemark '/opt/a b' sync --config '/srv/50\\% \"odd\"/it'\\''s.toml'"));
    CHECK_THAT(as("windows"), ContainsSubstring("<Arguments>sync --config &quot;/srv/50% "
                                                "&quot;odd&quot;/it's.toml&quot;</Arguments>"));
}

TEST_CASE("a task for Windows is ASCII, whatever its path is, and is installed as its user") {
    const TemporaryFolder folder;
    const Ran ran = schedule(folder, {"--at", "05:30", "--as", "windows", "--user", "CORP\\svc ü",
                                      "--config", "/srv/Übung 日本/config.toml", "--dir", "."});
    const std::string task = read_file(folder / "tidemark.xml");
    CHECK(std::all_of(task.begin(), task.end(), [](char c) { return (c & '\x80') == 0; }));
    CHECK(task.starts_with("<?xml version=\"1.0\"?>\n"));
    CHECK_THAT(task, ContainsSubstring("/srv/&#xDC;bung &#x65E5;&#x672C;/config.toml&quot;<"));
    CHECK_THAT(task, ContainsSubstring("<UserId>CORP\\svc &#xFC;</UserId>"));
    CHECK_THAT(ran.err, ContainsSubstring("/RU \"CORP\\svc ü\" /RP *\n"));
}

TEST_CASE("a schedule at no time of day, or for no scheduler, is refused in one line") {
    const TemporaryFolder folder;
    for (const std::string time : {"5:30", "24:00", "12:60", "noon!", "05:3x"}) {
        CAPTURE(time);
        const Ran ran = schedule(folder, {"--at", time});
        CHECK(ran.exit_code == 2);
        CHECK_THAT(ran.err, ContainsSubstring("must be a time of day such as '05:30'"));
    }
    const Ran ran = schedule(folder, {"--at", "05:30", "--as", "sytemd"});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("did you mean 'systemd'?"));
}

TEST_CASE("the key that systemd hands over is used before the configured one") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "credentials");
    write_file(folder / "credentials/tidemark.key", "has\ntwo lines");
    write_file(folder / "config.toml", "[source]\nbase_url = \"https://127.0.0.1:1\"\n"
                                       "api_key_file = \"missing.key\"\n");
    setenv("CREDENTIALS_DIRECTORY", (folder / "credentials").c_str(), 1);
    const Ran ran = run_tidemark(folder.path(), {"jobs"});
    unsetenv("CREDENTIALS_DIRECTORY");
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("credentials/tidemark.key"));
}

TEST_CASE("there is a page of the manual for each command, which says its options") {
    const TemporaryFolder folder;
    CHECK(run_tidemark(folder.path(), {"manual", "--dir", "."}).exit_code == 0);
    CHECK_THAT(read_file(folder / "tidemark-sync.1"), ContainsSubstring("\\-\\-accept\\-jobs"));
    CHECK_THAT(read_file(folder / "tidemark.1"), ContainsSubstring("tidemark\\-verify"));
    CHECK(run_tidemark(folder.path(), {"manual", "verify"}).out ==
          read_file(folder / "tidemark-verify.1"));
    const Ran wrong = run_tidemark(folder.path(), {"manual", "verifi"});
    CHECK(wrong.exit_code == 2);
    CHECK_THAT(wrong.err, ContainsSubstring("did you mean 'verify'?"));
}

TEST_CASE("bash completes commands and their options") {
    const TemporaryFolder folder;
    write_file(folder / "tidemark", run_tidemark(folder.path(), {"completion", "bash"}).out);
    write_file(folder / "complete.sh",
               "set -eu\n. ./tidemark\n"
               "complete_line() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _tidemark; "
               "echo \"${COMPREPLY[*]}\" >>said; }\n"
               "complete_line tidemark ver\ncomplete_line tidemark sync --acc\n"
               "complete_line tidemark query --format nd\n");
    CHECK(std::system(("cd " + folder.path().string() + " && bash complete.sh").c_str()) == 0);
    CHECK(read_file(folder / "said") == "verify\n--accept-jobs\nndjson\n");
    CHECK(run_tidemark(folder.path(), {"completion", "tcsh"}).exit_code == 2);
}
