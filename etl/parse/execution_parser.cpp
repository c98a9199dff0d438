#include "parse/execution_parser.hpp"

#include "parse/json_reader.hpp"
#include "parse/member_array.hpp"
#include "parse/record_reader.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

using Kind = JsonValue::Kind;

constexpr std::size_t usual_log_bytes = 256;
constexpr std::size_t least_log_bytes = 90;
constexpr std::size_t head_bytes = 1U << 10U;

constexpr RecordShape log_shape{{"Id", "JobExecutionId", "TimeStamp", "Severity", "Message"}};
constexpr RecordShape execution_shape{
    {"Id", "JobId", "State", "CreateTime", "EndTime", "TriggerId", "JobExecutionLogs"}, &log_shape};
constexpr RecordShape head_shape{{"Id", "JobId", "CreateTime"}};

std::string storable_beginning(std::string_view bytes) {
    const std::string text = storable(cut_at_character(bytes, max_record_bytes));
    return std::string{cut_at_character(text, max_record_bytes)};
}

Rejection make_rejection(std::string place, const MemberFault& fault, std::string_view json,
                         std::uint64_t content_hash) {
    if (!fault.member.empty()) place.append(".").append(fault.member);
    return {.place = std::move(place),
            .reason = fault.reason,
            .record = storable_beginning(json),
            .content_hash = content_hash,
            .execution_id = std::nullopt};
}

/// A log line that was read, and where, until it is known whether it is the execution's.
struct Origin {
    std::uint32_t index = 0; ///< in JobExecutionLogs
    std::uint32_t owner = 0; ///< the place in `LogReading::owners` of the execution that it names
    std::string_view json;
};

/// The log of an execution while it is read.
struct LogReading {
    std::size_t element = 0;
    std::size_t lines = 0;
    std::vector<Log> logs;
    std::vector<Origin> origins; ///< of each of `logs`
    bool incomplete = false;     ///< one of the lines was rejected
    RejectionTally tally;
    std::vector<Rejection> rejections; ///< that the tally admitted
    std::string owner_text;            ///< of the last line's execution: mostly that of all of them
    /// The executions that lines name, null where one names none; that of the last line is the
    /// last.
    std::vector<std::optional<Guid>> owners;
    bool needed_zone = false; ///< for the time of one of the lines

    void begin(const ArrayElement& json);
    void read_owner(RecordReader& reader, const JsonValue& value);
    bool was_rejected(std::string_view json) const {
        return incomplete && tally.holds(hash_of(json));
    }
    void reject(std::size_t index, const MemberFault& fault, std::string_view json) {
        incomplete = true;
        const std::uint64_t hash = hash_of(json);
        if (!tally.admit(hash)) return;
        auto place = fmt::format("[{}].JobExecutionLogs[{}]", element, index);
        rejections.push_back(make_rejection(std::move(place), fault, json, hash));
    }
};

void LogReading::begin(const ArrayElement& json) {
    element = json.index;
    lines = 0;
    logs.clear();
    const std::size_t bytes = json.json.size();
    // of a large one as many as it can have: memory that is not touched costs nothing, moving does
    logs.reserve(bytes / (bytes > large_record_bytes ? least_log_bytes : usual_log_bytes));
    origins.clear();
    origins.reserve(logs.capacity());
    owners.clear();
    owner_text.clear();
    incomplete = false;
    tally = RejectionTally{};
    rejections.clear();
    needed_zone = false;
}

void LogReading::read_owner(RecordReader& reader, const JsonValue& value) {
    if (!owner_text.empty() && value.kind == Kind::string && value.text == owner_text) return;
    owners.push_back(reader.optional_guid("JobExecutionId", value));
    const bool is_usual = value.kind == Kind::string && owners.back();
    owner_text = is_usual ? value.text : std::string_view{};
}

void read_log(LogReading& reading, JsonRecord& record, const TimeZone& zone) {
    const std::size_t index = reading.lines++;
    if (reading.was_rejected(record.json)) return;
    const auto& [id, owner, time, severity, message, none, nothing] = record.values;
    RecordReader reader{zone};
    if (!record.is_object) {
        reader.reject("", "the log line is " + describe(record.other) + ", not an object");
    }
    Log log;
    log.id = reader.id("Id", id);
    reading.read_owner(reader, owner);
    log.logged_at = reader.moment("TimeStamp", time);
    log.severity = reader.integer("Severity", severity);
    log.message = reader.optional_text("Message", message);
    log.extra = std::move(record.extra);
    if (reader.fault()) return reading.reject(index, *reader.fault(), record.json);
    reading.needed_zone = reading.needed_zone || reader.needed_zone();
    reading.origins.push_back({static_cast<std::uint32_t>(index),
                               static_cast<std::uint32_t>(reading.owners.size() - 1), record.json});
    reading.logs.push_back(std::move(log));
}

/// The id of the execution may come after its log, so the ids in the lines are compared last.
void reject_foreign_logs(LogReading& reading, const Guid& execution_id) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < reading.logs.size(); ++i) {
        const Origin& origin = reading.origins[i];
        const Guid owner = reading.owners[origin.owner].value_or(execution_id);
        if (owner == execution_id) {
            if (kept != i) reading.logs[kept] = std::move(reading.logs[i]);
            ++kept;
            continue;
        }
        const auto reason = "JobExecutionId is another execution's, " + to_text(owner);
        reading.reject(origin.index, {"JobExecutionId", reason}, origin.json);
    }
    reading.logs.resize(kept);
}

/// Cuts before the last quote, which in a text that was cut off within a string is the one that
/// opened it.
std::string_view before_last_quote(std::string_view json) {
    const auto quote = json.rfind('"');
    return json.substr(0, quote == std::string_view::npos ? 0 : quote);
}

bool names_an_execution(const JsonRecord& head) {
    const auto& [id, job, created, a, b, c, d] = head.values;
    return id.kind != Kind::missing && job.kind != Kind::missing && created.kind != Kind::missing;
}

std::string oversized_reason(const ArrayElement& element) {
    return fmt::format("the execution has {} bytes, more than 'max_execution_bytes' in [source] "
                       "allows; raise it to load this execution",
                       element.bytes);
}

} // namespace

struct ExecutionParser::Impl {
    Guid job_id;
    TimeZone zone;
    StateMap states;
    JsonReader json{};
    LogReading log{};
    RejectionTally rejected{}; ///< of the body

    ParsedExecution parse(const ArrayElement& element);
    std::optional<MemberFault> fill(Execution& execution, JsonRecord& record) const;
    void attach_log(ParsedExecution& parsed);
    ParsedExecution reject(const ArrayElement& element, const MemberFault& fault,
                           const Guid& id = {});
    JsonRecord head_of(const ArrayElement& element);
    JsonRecord cut_head(std::string_view beginning);
    std::optional<Guid> salvaged_id(std::string_view record);
    std::optional<ExecutionHead> checked(const JsonRecord& head) const;
    void free_buffers();
};

ParsedExecution ExecutionParser::Impl::parse(const ArrayElement& element) {
    log.begin(element);
    JsonRecord record = json.read(element.json, execution_shape,
                                  [this](JsonRecord& line) { read_log(log, line, zone); });
    ParsedExecution parsed;
    Execution& execution = parsed.execution.emplace();
    if (const auto fault = fill(execution, record)) return reject(element, *fault, execution.id);
    attach_log(parsed);
    return parsed;
}

/// What the members say, the log aside.
std::optional<MemberFault> ExecutionParser::Impl::fill(Execution& execution,
                                                       JsonRecord& record) const {
    const auto& [id, job, state, created, ended, trigger, logs] = record.values;
    RecordReader reader{zone};
    execution.id = reader.id("Id", id);
    if (reader.optional_guid("JobId", job).value_or(job_id) != job_id) {
        reader.reject("JobId", "JobId is another job's, " + describe(job));
    }
    execution.state_code = reader.integer("State", state);
    execution.state = states.state_of(execution.state_code);
    execution.created_at = reader.moment("CreateTime", created);
    execution.ended_at = reader.optional_moment("EndTime", ended);
    execution.trigger_id = reader.optional_guid("TriggerId", trigger);
    reader.expect_array("JobExecutionLogs", logs);
    execution.extra = std::move(record.extra);
    execution.source_timezone = reader.needed_zone() || log.needed_zone ? zone.name() : "";
    return reader.fault();
}

void ExecutionParser::Impl::attach_log(ParsedExecution& parsed) {
    Execution& execution = *parsed.execution;
    reject_foreign_logs(log, execution.id);
    execution.logs = std::move(log.logs);
    execution.incomplete = log.incomplete;
    parsed.time_trend = time_trend(execution.logs);
    normalize(execution);
    for (Rejection& rejection : log.rejections) {
        if (!rejected.admit(rejection.content_hash)) continue;
        rejection.execution_id = execution.id;
        parsed.rejections.push_back(std::move(rejection));
    }
    rejected.add_beyond(log.tally);
}

/// `id` is the execution's, nil when it is not known.
ParsedExecution ExecutionParser::Impl::reject(const ArrayElement& element, const MemberFault& fault,
                                              const Guid& id) {
    ParsedExecution parsed;
    parsed.rejected_id = id.is_nil() ? salvaged_id(element.json) : id;
    const std::uint64_t hash = element.oversized ? element.hash : hash_of(element.json);
    if (!rejected.admit(hash)) return parsed;
    auto rejection = make_rejection(fmt::format("[{}]", element.index), fault, element.json, hash);
    rejection.execution_id = parsed.rejected_id;
    parsed.rejections.push_back(std::move(rejection));
    return parsed;
}

/// The log is left out when it is large: the members of the head may come after it.
JsonRecord ExecutionParser::Impl::head_of(const ArrayElement& element) {
    const std::string_view text = element.json;
    const auto lines = text.size() > large_record_bytes
                           ? array_of_member(text, execution_shape.members.back())
                           : std::nullopt;
    if (!lines) return json.read_head(text, head_shape);
    return json.read_head(with_empty_array(text, *lines), head_shape);
}

/// The head out of a text that was cut off somewhere.
JsonRecord ExecutionParser::Impl::cut_head(std::string_view beginning) {
    JsonRecord head = json.read_head(std::string{beginning} + '}', head_shape);
    if (head.values.front().kind != Kind::missing) return head;
    return json.read_head(std::string{before_last_quote(beginning)} + '}', head_shape);
}

/// The id of an execution that is no valid JSON, or of which only the beginning is there.
std::optional<Guid> ExecutionParser::Impl::salvaged_id(std::string_view record) {
    if (!record.starts_with('{') || record.size() < sizeof(Guid)) return std::nullopt;
    std::string text{record.substr(0, max_record_bytes)};
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    RecordReader reader{zone};
    const auto id = reader.optional_guid("Id", cut_head(text).values.front());
    return reader.fault() ? std::nullopt : id;
}

std::optional<ExecutionHead> ExecutionParser::Impl::checked(const JsonRecord& head) const {
    const auto& [id, job, created, a, b, c, d] = head.values;
    RecordReader reader{zone};
    const ExecutionHead result{reader.guid("Id", id), reader.moment("CreateTime", created)};
    const bool ours = reader.optional_guid("JobId", job).value_or(job_id) == job_id;
    if (reader.fault() || !ours) return std::nullopt;
    return result;
}

/// What a large execution needed is not kept while the next ones are read and it is written.
void ExecutionParser::Impl::free_buffers() {
    json = JsonReader{};
    log = LogReading{};
}

ExecutionParser::ExecutionParser(const Guid& job_id, TimeZone zone, StateMap states)
    : m_impl(new Impl{job_id, zone, states}) {}
ExecutionParser::~ExecutionParser() = default;
ExecutionParser::ExecutionParser(ExecutionParser&&) noexcept = default;

const RejectionTally& ExecutionParser::rejected() const { return m_impl->rejected; }

ParsedExecution ExecutionParser::parse(const ArrayElement& element) {
    const RejectionTally& rejected = m_impl->rejected;
    if (!element.oversized && !rejected.empty() && rejected.holds(hash_of(element.json))) return {};
    if (element.oversized) return m_impl->reject(element, {"", oversized_reason(element)});
    if (!element.json.starts_with('{')) {
        return m_impl->reject(element,
                              {"", "the execution is " + quoted(element.json) + ", not an object"});
    }
    ParsedExecution parsed;
    try {
        parsed = m_impl->parse(element);
    } catch (const InvalidJson& error) {
        parsed = m_impl->reject(element, {"", std::string{"the execution "} + error.what()});
    }
    if (element.json.size() > large_record_bytes) m_impl->free_buffers();
    return parsed;
}

std::optional<ExecutionHead> ExecutionParser::head(const ArrayElement& element) {
    if (element.oversized) return std::nullopt;
    if (element.json.size() > head_bytes) {
        const JsonRecord head = m_impl->cut_head(element.json.substr(0, head_bytes));
        if (names_an_execution(head)) return m_impl->checked(head);
    }
    return m_impl->checked(m_impl->head_of(element));
}

std::optional<Guid> ExecutionParser::id(const ArrayElement& element) {
    const auto begun = head(element);
    return begun ? std::optional{begun->id} : m_impl->salvaged_id(element.json);
}

} // namespace tidemark
