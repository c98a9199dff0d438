#pragma once

#include "archive/archive.hpp"
#include "archive/archive_source.hpp"
#include "archive/contents.hpp"
#include "parse/execution_parser.hpp"
#include "source/recording_reader.hpp"
#include "support/fake_source.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tidemark::test {

inline const Job nightly{numbered(1), "Nightly"};

/// What is damaged in an archive, as `file: what`.
inline std::vector<std::string> faults_in(const std::filesystem::path& archive) {
    std::vector<std::string> faults;
    for (const FileCheck& file : check_archive(archive)) {
        for (const std::string& fault : file.faults)
            faults.push_back(file.file + ": " + fault);
    }
    return faults;
}

/// An archive in a folder of its own, of one job.
struct ArchiveFixture {
    TemporaryFolder folder;
    std::uint64_t segment_bytes = 128ULL << 20U;

    [[nodiscard]] std::filesystem::path path() const { return folder / "archive"; }
    [[nodiscard]] std::filesystem::path segment(int number = 1) const {
        return path() / folder_of(nightly.id) / ("00000" + std::to_string(number) + ".zst");
    }

    /// Keeps a body as a sync does. Returns how many versions were new.
    std::int64_t keep(const std::vector<std::string>& executions, bool whole = true,
                      Arrival arrival = Arrival::synced) const {
        Archive archive(path(), "default", {});
        archive.segment_bytes = segment_bytes;
        archive.keep_jobs(std::vector<Job>{nightly}, Timestamp{});
        ArchivedBody body(archive, nightly.id, Timestamp{});
        ExecutionParser parser(nightly.id, {}, {});
        for (const std::string& json : executions)
            body.keep(parser.id({.json = json, .bytes = json.size()}), json, arrival);
        body.end(whole);
        archive.commit();
        return body.added();
    }

    /// The bodies that a sync would read out of it, and why its job failed.
    struct ReadBack {
        std::vector<std::string> bodies;
        std::string failure;
    };
    [[nodiscard]] ReadBack read_back() const {
        const auto source = open_archive_source(path());
        source_test::RecordingReader reader;
        ReadBack result;
        reader.on_bytes = [&](const Job& job, std::string_view chunk) {
            if (chunk == "]") result.bodies.push_back(reader.bodies[job.id]);
            return true;
        };
        const auto jobs = source->jobs().entries;
        source->read_logs(jobs, reader);
        result.failure = reader.failures[nightly.id];
        return result;
    }

    [[nodiscard]] std::vector<std::string> faults() const { return faults_in(path()); }
};

/// A body of these executions, as the archive's source gives it.
inline std::string body_with(const std::vector<std::string>& executions) {
    std::string body = "[";
    for (const std::string& json : executions)
        body += (body.size() > 1 ? "," : "") + json;
    return body + "]";
}

/// An execution of the first job, which ended when it has an end, with these lines.
inline std::string run_of(unsigned id, const std::string& day,
                          const std::string& ended = "03:10:00",
                          const std::vector<std::string>& messages = {"one", "two"}) {
    return to_json({.id = id,
                    .job = 1,
                    .state = ended.empty() ? 0 : 1,
                    .created = day + "T03:00:00",
                    .ended = ended.empty() ? "" : day + "T" + ended,
                    .messages = messages});
}

inline const std::string a = run_of(1, "2026-10-01");
inline const std::string a_open = run_of(1, "2026-10-01", "", {"one"});
inline const std::string b = run_of(2, "2026-10-02");
inline const std::string c = run_of(3, "2026-10-03");

} // namespace tidemark::test
