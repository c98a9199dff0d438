#include "error.hpp"
#include "source/api_fixture.hpp"
#include "source/folder_source.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>

using namespace tidemark;
using namespace tidemark::source_test;

namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;
using test::write_file;

std::string log_file(const Job& of) { return "logs/" + to_text(of.id) + ".json"; }

} // namespace

TEST_CASE("A folder of saved bodies yields its jobs and their logs") {
    const auto source = open_folder_source(TIDEMARK_REPOSITORY "/tests/samples/night1");
    const auto jobs = source->jobs().entries;
    REQUIRE(jobs.size() == 5);
    RecordingReader reader;
    source->read_logs(jobs, reader);
    CHECK(reader.failures.empty());
    CHECK(reader.done.size() == 5);
    std::uintmax_t size = fs::file_size(TIDEMARK_REPOSITORY "/tests/samples/night1/jobs.json");
    for (const Job& one : jobs) {
        const auto file = TIDEMARK_REPOSITORY "/tests/samples/night1/" + log_file(one);
        CHECK(reader.bodies[one.id].size() == fs::file_size(file));
        size += fs::file_size(file);
    }
    CHECK(source->bytes_read() == size);
}

TEST_CASE("A file is found by its guid in whatever case") {
    const TemporaryFolder folder;
    write_file(folder / "logs/D9854698-CD42-487B-8202-8683AFA39B90.JSON", "[]");
    RecordingReader reader;
    open_folder_source(folder.path())->read_logs(some_jobs(1), reader);
    CHECK(reader.bodies[job(0).id] == "[]");
}

TEST_CASE("A large file arrives in chunks and whole") {
    const TemporaryFolder folder;
    const std::string body = "[" + std::string(600'000, ' ') + "]";
    write_file(folder / log_file(job(0)), body);
    std::size_t largest = 0;
    RecordingReader reader;
    reader.on_bytes = [&](const Job&, std::string_view chunk) {
        largest = std::max(largest, chunk.size());
        return true;
    };
    open_folder_source(folder.path())->read_logs(some_jobs(1), reader);
    CHECK(reader.bodies[job(0).id] == body);
    CHECK(largest == 256 * 1024);
}

TEST_CASE("A listed job without a file fails, the others go on") {
    const TemporaryFolder folder;
    write_file(folder / log_file(job(1)), "[]");
    RecordingReader reader;
    open_folder_source(folder.path())->read_logs(some_jobs(2), reader);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("there is no file") && ContainsSubstring(log_file(job(0))));
    CHECK(reader.done == std::vector{job(1).id});
}

TEST_CASE("A file that is cut short fails without another try") {
    const TemporaryFolder folder;
    write_file(folder / log_file(job(0)), "[{");
    RecordingReader reader;
    open_folder_source(folder.path())->read_logs(some_jobs(1), reader);
    CHECK(reader.begun[job(0).id] == 1);
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("ends before its array does"));
}

TEST_CASE("Of two files for one job neither is guessed") {
    const TemporaryFolder folder;
    write_file(folder / log_file(job(0)), "[]");
    write_file(folder / "logs/D9854698-CD42-487B-8202-8683AFA39B90.json", "[]");
    RecordingReader reader;
    open_folder_source(folder.path())->read_logs(some_jobs(1), reader);
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("keep one"));
}

TEST_CASE("A reader that has enough of a file is not given the rest") {
    const TemporaryFolder folder;
    write_file(folder / log_file(job(0)), std::string(600'000, '['));
    RecordingReader reader;
    reader.on_bytes = [](const Job&, std::string_view) { return false; };
    open_folder_source(folder.path())->read_logs(some_jobs(1), reader);
    CHECK(reader.bodies[job(0).id].size() == 256 * 1024);
    CHECK(reader.done.size() == 1);
}

TEST_CASE("A file that the reader refuses fails its job and names the file") {
    const TemporaryFolder folder;
    write_file(folder / log_file(job(0)), "{}");
    RecordingReader reader;
    reader.on_bytes = [](const Job&, std::string_view) -> bool { throw JobError("no array"); };
    open_folder_source(folder.path())->read_logs(some_jobs(1), reader);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("no array") && ContainsSubstring(log_file(job(0))));
}

TEST_CASE("Statuses are read when the folder has them") {
    const TemporaryFolder folder;
    CHECK(open_folder_source(folder.path())->statuses().entries.empty());
    write_file(folder / "status.json", R"([{"JobId": ")" + to_text(job(0).id) +
                                           R"(", "Status": 2, "Message": "Running"}])");
    const auto statuses = open_folder_source(folder.path())->statuses().entries;
    CHECK(statuses == std::vector<JobStatus>{{job(0).id, 2, "Running"}});
}

TEST_CASE("What is missing from a folder is named") {
    CHECK_THROWS_WITH(open_folder_source("/nowhere/at/all"),
                      ContainsSubstring("'/nowhere/at/all'"));
    const TemporaryFolder folder;
    const auto source = open_folder_source(folder.path());
    CHECK_THROWS_WITH(source->jobs(), ContainsSubstring("jobs.json: cannot open"));
    RecordingReader reader;
    CHECK_THROWS_WITH(source->read_logs(some_jobs(1), reader), ContainsSubstring("/logs'"));
    write_file(folder / "jobs.json", "<html>");
    CHECK_THROWS_WITH(source->jobs(), ContainsSubstring("jobs.json: "));
}
