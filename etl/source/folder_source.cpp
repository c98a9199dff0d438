#include "source/folder_source.hpp"

#include "error.hpp"
#include "model/guid.hpp"
#include "parse/job_parser.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk_bytes = 256UL * 1024;

/// The files of each job: more than one where names differ in case or dashes.
using LogFiles = std::map<Guid, std::vector<fs::path>>;

bool is_json(const fs::path& file) {
    std::string extension = utf8(file.extension());
    std::ranges::transform(extension, extension.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return extension == ".json";
}

LogFiles find_logs(const fs::path& folder) {
    std::error_code error;
    LogFiles files;
    for (fs::directory_iterator entry(folder, error), last; !error && entry != last;
         entry.increment(error)) {
        const fs::path& file = entry->path();
        const auto id = parse_guid(utf8(file.stem()));
        if (id && is_json(file)) files[*id].push_back(file);
    }
    if (error) {
        throw Error(fmt::format("cannot read folder '{}': {}; the bodies of jobs belong there",
                                utf8(folder), error.message()));
    }
    return files;
}

class FolderSource : public Source {
public:
    explicit FolderSource(fs::path folder) : m_folder(std::move(folder)) {
        if (!fs::is_directory(m_folder)) {
            throw Error(fmt::format("there is no folder '{}'", utf8(m_folder)));
        }
    }

    JobList jobs() override { return parsed<Job>(m_folder / "jobs.json"); }

    JobStatusList statuses() override {
        const fs::path file = m_folder / "status.json";
        if (!fs::exists(file)) return {};
        return parsed<JobStatus>(file);
    }

    void read_logs(std::span<const Job> jobs, LogReader& reader) override {
        if (jobs.empty()) return;
        const LogFiles files = find_logs(m_folder / "logs");
        for (const Job& job : jobs) {
            stop_if_interrupted();
            const std::string problem = read(job, files, reader);
            problem.empty() ? reader.succeeded(job, {}) : reader.failed(job, problem);
        }
    }

    [[nodiscard]] std::string name() const override { return utf8(m_folder); }

    [[nodiscard]] std::uint64_t bytes_read() const override { return m_bytes_read; }

private:
    /// Returns why it failed; nothing when it did not.
    std::string read(const Job& job, const LogFiles& files, LogReader& reader) {
        const auto found = files.find(job.id);
        if (found == files.end()) {
            return fmt::format("there is no file '{}'",
                               utf8(m_folder / "logs" / (to_text(job.id) + ".json")));
        }
        if (found->second.size() > 1) {
            return fmt::format("there are two files, '{}' and '{}'; keep one",
                               utf8(found->second[0]), utf8(found->second[1]));
        }
        try {
            return read(job, found->second.front(), reader);
        } catch (const JobError& error) {
            return fmt::format("{}: {}", utf8(found->second.front()), error.what());
        }
    }

    std::string read(const Job& job, const fs::path& file, LogReader& reader) {
        reader.begin(job);
        each_chunk(file, [&](std::string_view chunk) { return reader.bytes(job, chunk); });
        if (reader.end(job) == BodyState::whole) return {};
        return fmt::format("file '{}' ends before its array does; save it again", utf8(file));
    }

    /// Throws JobError when it cannot be read. Ends early when `take` returns false.
    template <typename Sink> void each_chunk(const fs::path& file, Sink sink) {
        std::ifstream in(file, std::ios::binary);
        if (!in || fs::is_directory(file)) throw JobError("cannot open the file");
        std::string buffer(chunk_bytes, '\0');
        while (in) {
            stop_if_interrupted();
            in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            const auto count = static_cast<std::size_t>(in.gcount());
            m_bytes_read += count;
            if (count > 0 && !sink(std::string_view(buffer.data(), count))) return;
        }
        if (in.bad()) throw JobError("cannot read the file");
    }

    template <typename Entry> ApiList<Entry> parsed(const fs::path& file) {
        ApiListReader<Entry> reader;
        try {
            each_chunk(file, [&](std::string_view chunk) { return reader.feed(chunk), true; });
            return reader.result();
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            throw Error(fmt::format("{}: {}", utf8(file), error.what()));
        }
    }

    fs::path m_folder;
    std::uint64_t m_bytes_read = 0;
};

} // namespace

std::unique_ptr<Source> open_folder_source(const fs::path& folder) {
    return std::make_unique<FolderSource>(folder);
}

} // namespace tidemark
