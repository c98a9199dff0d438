#include "parse/job_parser.hpp"

#include "error.hpp"
#include "parse/record_reader.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <utility>

namespace tidemark {
namespace {

using Kind = JsonValue::Kind;

/// More than any organisation has, and what the memory for one sync is reckoned by.
constexpr std::size_t most_entries = 10'000;
constexpr std::size_t max_entry_bytes = 1U << 20U;

constexpr RecordShape job_shape{{"Id", "Name"}};
constexpr RecordShape status_shape{{"JobId", "Status", "Message"}};

const RecordShape& shape_of(const Job*) { return job_shape; }
const RecordShape& shape_of(const JobStatus*) { return status_shape; }

std::string_view name_of(const Job*) { return "jobs"; }
std::string_view name_of(const JobStatus*) { return "job statuses"; }

/// A name that is no text is taken as it is written: the id says which job it is.
std::string job_name(const JsonValue& value, RecordReader& reader) {
    if (value.kind == Kind::number || value.kind == Kind::boolean) return storable_name(value.text);
    if (value.kind == Kind::container) return {};
    return storable_name(reader.optional_text("Name", value).value_or(""));
}

void read(Job& job, const JsonRecord& record, RecordReader& reader) {
    const auto& [id, name, a, b, c, d, e] = record.values;
    job = {reader.id("Id", id), job_name(name, reader)};
}

void read(JobStatus& status, const JsonRecord& record, RecordReader& reader) {
    const auto& [id, code, message, a, b, c, d] = record.values;
    status = {reader.guid("JobId", id), reader.integer("Status", code),
              reader.optional_text("Message", message).value_or("")};
}

[[noreturn]] void fail(std::string_view list, std::string_view why) {
    throw JobError(fmt::format("the list of {} cannot be read: {}", list, why));
}

const Guid& id_of(const Job& job) { return job.id; }
const Guid& id_of(const JobStatus& status) { return status.job_id; }

} // namespace

template <typename Entry>
ApiListReader<Entry>::ApiListReader()
    : m_splitter(max_entry_bytes,
                 [this](const ArrayElement& element) { return add(element), true; }) {}

template <typename Entry> void ApiListReader<Entry>::feed(std::string_view chunk) {
    try {
        m_splitter.feed(chunk);
    } catch (const JobError& error) {
        fail(name_of(static_cast<Entry*>(nullptr)), error.what());
    }
}

template <typename Entry> void ApiListReader<Entry>::add(const ArrayElement& element) {
    if (element.index >= most_entries) {
        throw JobError(fmt::format("it has more than {} entries", most_entries));
    }
    if (element.oversized) return reject(element, "it is larger than 1 MiB");
    if (!element.json.starts_with('{')) return reject(element, "it is no object");
    const TimeZone utc;
    RecordReader reader{utc};
    Entry entry;
    try {
        read(entry, m_json.read(element.json, shape_of(&entry)), reader);
    } catch (const InvalidJson& error) {
        return reject(element, std::string{"it "} + error.what());
    }
    if (reader.fault()) return reject(element, reader.fault()->reason);
    const auto [found, is_new] = m_places.try_emplace(id_of(entry), m_list.entries.size());
    if (is_new) {
        m_list.entries.push_back(std::move(entry));
    } else {
        m_list.entries[found->second] = std::move(entry);
    }
}

template <typename Entry>
void ApiListReader<Entry>::reject(const ArrayElement& element, const std::string& why) {
    if (m_list.first_unreadable.empty()) {
        m_list.first_unreadable = fmt::format("entry [{}]: {}", element.index, why);
    }
    m_list.unreadable.admit(hash_of(element.json));
}

template <typename Entry> ApiList<Entry> ApiListReader<Entry>::result() {
    const std::string_view name = name_of(static_cast<Entry*>(nullptr));
    if (m_splitter.empty()) fail(name, "the body is empty");
    if (!m_splitter.closed()) fail(name, "the body ends before its array does");
    if (m_list.entries.empty() && !m_list.first_unreadable.empty())
        fail(name, m_list.first_unreadable);
    return std::exchange(m_list, {});
}

QueuedRun read_queued_run(std::string_view json, const Guid& job_id) {
    constexpr RecordShape shape{{"JobId", "Message", "TriggerId"}};
    const TimeZone utc;
    RecordReader reader{utc};
    JsonReader parser;
    QueuedRun run;
    try {
        const JsonRecord record = parser.read(json, shape);
        const auto& [job, message, trigger, a, b, c, d] = record.values;
        if (reader.optional_guid("JobId", job).value_or(job_id) != job_id)
            throw JobError("the answer is about another job");
        run = {reader.guid("TriggerId", trigger),
               reader.optional_text("Message", message).value_or("")};
    } catch (const InvalidJson& error) {
        throw JobError(fmt::format("the answer {}", error.what()));
    }
    if (reader.fault()) throw JobError("of the answer, " + reader.fault()->reason);
    if (run.trigger_id.is_nil()) throw JobError("the answer names no trigger");
    return run;
}

template class ApiListReader<Job>;
template class ApiListReader<JobStatus>;

} // namespace tidemark
