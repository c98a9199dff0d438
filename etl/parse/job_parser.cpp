#include "parse/job_parser.hpp"

#include "error.hpp"
#include "parse/array_splitter.hpp"
#include "parse/foreign_body.hpp"
#include "parse/json_reader.hpp"
#include "parse/record_reader.hpp"

#include <fmt/format.h>

#include <limits>
#include <unordered_map>
#include <utility>

namespace tidemark {
namespace {

constexpr RecordShape job_shape{{"Id", "Name"}};
constexpr RecordShape status_shape{{"JobId", "Status", "Message"}};

Job job_of(const JsonRecord& record, RecordReader& reader) {
    const auto& [id, name, a, b, c, d, e] = record.values;
    return {reader.guid("Id", id), reader.optional_text("Name", name).value_or("")};
}

JobStatus status_of(const JsonRecord& record, RecordReader& reader) {
    const auto& [id, code, message, a, b, c, d] = record.values;
    return {reader.guid("JobId", id), reader.integer("Status", code),
            reader.optional_text("Message", message).value_or("")};
}

Guid key_of(const Job& job) { return job.id; }
Guid key_of(const JobStatus& status) { return status.job_id; }

[[noreturn]] void fail(std::string_view what, std::size_t entry, std::string_view why) {
    throw Error(fmt::format("the list of {} cannot be read: entry [{}]: {}", what, entry, why));
}

/// Reads one entry of a list; throws Error when it is none.
template <typename Entry>
Entry read_entry(JsonReader& json, const ArrayElement& element, const RecordShape& shape,
                 Entry (*entry_of)(const JsonRecord&, RecordReader&), std::string_view what) {
    const TimeZone utc;
    RecordReader reader{utc};
    try {
        if (!element.json.starts_with('{')) fail(what, element.index, "it is no object");
        Entry entry = entry_of(json.read(element.json, shape), reader);
        if (reader.fault()) fail(what, element.index, reader.fault()->reason);
        return entry;
    } catch (const InvalidJson& error) {
        fail(what, element.index, std::string{"it "} + error.what());
    }
}

/// Calls `sink` with each element of the array that the body is. Throws Error when it is none.
void split(std::string_view body, std::string_view what, const ArraySplitter::Sink& sink) {
    ArraySplitter splitter{std::numeric_limits<std::size_t>::max(), sink};
    try {
        splitter.feed(body);
    } catch (const JobError& error) {
        throw Error(fmt::format("the list of {} cannot be read: {}", what, error.what()));
    }
    if (splitter.closed()) return;
    throw Error(fmt::format("the list of {} cannot be read: the body {}", what,
                            splitter.empty() ? "is empty" : "ends before its array does"));
}

/// The entries in their order; of those with one id the first place and the last content.
template <typename Entry>
std::vector<Entry> read_list(std::string_view body, std::string_view what, const RecordShape& shape,
                             Entry (*entry_of)(const JsonRecord&, RecordReader&)) {
    std::vector<Entry> entries;
    std::unordered_map<Guid, std::size_t> places;
    JsonReader json;
    split(body, what, [&](const ArrayElement& element) {
        Entry entry = read_entry(json, element, shape, entry_of, what);
        const auto [found, is_new] = places.try_emplace(key_of(entry), entries.size());
        if (is_new) {
            entries.push_back(std::move(entry));
        } else {
            entries[found->second] = std::move(entry);
        }
        return true;
    });
    return entries;
}

} // namespace

std::vector<Job> parse_jobs(std::string_view body) {
    return read_list(body, "jobs", job_shape, job_of);
}

std::vector<JobStatus> parse_statuses(std::string_view body) {
    return read_list(body, "job statuses", status_shape, status_of);
}

} // namespace tidemark
