#pragma once

#include "model/job.hpp"
#include "parse/array_splitter.hpp"
#include "parse/json_reader.hpp"

#include <string_view>
#include <unordered_map>

namespace tidemark {

/// Parses a list of the API while it arrives, in bounded memory: the body of `GET /public/jobs`
/// (`JobListReader`) or of `GET /public/jobs/status` (`JobStatusListReader`). Of two entries with
/// one id the last counts, at the place of the first.
template <typename Entry> class ApiListReader {
public:
    ApiListReader();
    ApiListReader(const ApiListReader&) = delete;
    ApiListReader& operator=(const ApiListReader&) = delete;

    /// Processes the next bytes. Throws JobError when the body is no array, or has more than 10,000
    /// entries.
    void feed(std::string_view chunk);

    /// Whether the array was closed.
    [[nodiscard]] bool closed() const { return m_splitter.closed(); }

    /// The list, after all bytes. Throws JobError when the body ends before its array does, or when
    /// there are entries and none can be read.
    ApiList<Entry> result();

private:
    void add(const ArrayElement& element);
    void reject(const ArrayElement& element, const std::string& why);

    ApiList<Entry> m_list;
    std::unordered_map<Guid, std::size_t> m_places;
    JsonReader m_json;
    ArraySplitter m_splitter;
};

/// Reads the answer to `POST /public/jobs/{job_id}/execute`. Throws JobError when it is no object,
/// has no trigger id, or belongs to another job.
QueuedRun read_queued_run(std::string_view json, const Guid& job_id);

using JobListReader = ApiListReader<Job>;
using JobStatusListReader = ApiListReader<JobStatus>;

} // namespace tidemark
