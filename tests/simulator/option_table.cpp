#include "simulator/option_table.hpp"

#include "simulator/option_values.hpp"

#include <date/tz.h>

#include <limits>

namespace simulator {
namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;

std::int64_t read_count(std::string_view text, std::uint64_t limit) {
    const std::uint64_t value = read_number(text);
    if (value > limit) throw std::invalid_argument(fmt::format("'{}' is over {}", text, limit));
    return static_cast<std::int64_t>(value);
}

nanoseconds read_share_of_day(std::string_view text) {
    const std::int64_t parts = read_count(text, 86'400);
    if (parts == 0) throw std::invalid_argument("a job needs at least one execution per day");
    return nanoseconds{hours{24}} / parts;
}

nanoseconds read_hours(std::string_view text) {
    const hours value{read_count(text, 24 * 366)};
    if (value == hours{0}) throw std::invalid_argument("there must be an hour between executions");
    return value;
}

std::optional<hours> read_retention(std::string_view text) {
    const std::int64_t days = read_count(text, 100'000);
    return days == 0 ? std::nullopt : std::optional{hours{24 * days}};
}

std::optional<seconds> read_pickup(std::string_view text) {
    if (text == "never") return std::nullopt;
    return seconds{read_count(text, 1'000'000)};
}

Order read_order(std::string_view text) {
    return choose<Order>(
        text, {{"oldest", Order::oldest}, {"newest", Order::newest}, {"none", Order::none}});
}

/// A number says how many lines an execution has; a word, how none at all are shown.
void set_logs(Options& options, std::string_view text) {
    if (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        options.organisation.logs = read_number(text);
        return;
    }
    options.body.empty_logs = choose<Absent>(
        text, {{"present", Absent::present}, {"null", Absent::null}, {"missing", Absent::missing}});
}

void check_zone(std::string_view name) {
    try {
        date::locate_zone(name);
    } catch (const std::runtime_error&) {
        throw std::invalid_argument(fmt::format("there is no zone '{}'", name));
    }
}

void set_time(Options& options, std::string_view text) {
    if (text.starts_with("zone:")) {
        text.remove_prefix(5);
        check_zone(text);
        options.body.time = TimeForm::zone;
        options.body.zone = text;
    } else if (text.starts_with("offset:")) {
        options.body.offset = read_offset(text.substr(7));
        options.body.time = TimeForm::offset;
    } else {
        options.body.time = choose<TimeForm>(
            text, {{"plain", TimeForm::plain}, {"z", TimeForm::z}, {"offset", TimeForm::offset}});
    }
}

std::optional<unsigned> read_fraction(std::string_view text) {
    if (text == "varying") return std::nullopt;
    return static_cast<unsigned>(read_count(text, 9));
}

constexpr OptionEntry entries[] = {
    {"seed", "number that all ids and chances are drawn from", false,
     [](Options& o, std::string_view v) { o.organisation.seed = read_number(v); }},
    {"jobs", "number of jobs", false,
     [](Options& o, std::string_view v) { o.organisation.jobs = read_number(v); }},
    {"executions-per-day", "of each job", false,
     [](Options& o, std::string_view v) { o.organisation.interval = read_share_of_day(v); }},
    {"every-hours", "hours between the executions of a job", false,
     [](Options& o, std::string_view v) { o.organisation.interval = read_hours(v); }},
    {"executions", "fixed size: executions of each job, backwards from now", false,
     [](Options& o, std::string_view v) { o.organisation.executions = read_number(v); }},
    {"logs-per-execution", "log lines of each execution", false,
     [](Options& o, std::string_view v) { o.organisation.logs = read_number(v); }},
    {"logs", "the same; or, of executions without logs: present, null, missing", false, set_logs},
    {"start", "moment at which the history begins (default: 30 days ago)", false,
     [](Options& o, std::string_view v) { o.organisation.start = parse_moment(v); }},
    {"retention-days", "older executions are no longer returned; 0: they are", false,
     [](Options& o, std::string_view v) { o.organisation.retention = read_retention(v); }},
    {"fail-percent", "executions that fail", false,
     [](Options& o, std::string_view v) { o.organisation.fail_percent = read_percent(v); }},
    {"trigger-percent", "executions that were started through the API", false,
     [](Options& o, std::string_view v) { o.organisation.trigger_percent = read_percent(v); }},
    {"logless-percent", "executions without any log", false,
     [](Options& o, std::string_view v) { o.organisation.logless_percent = read_percent(v); }},
    {"pickup-seconds", "until a posted execution begins, or never", false,
     [](Options& o, std::string_view v) { o.organisation.pickup = read_pickup(v); }},
    {"rename", "jobs that get another name: JOB[@MOMENT],...", false,
     [](Options& o, std::string_view v) { o.organisation.renames = read_job_events(v); }},
    {"rename-task", "jobs whose first task gets another name: JOB[@MOMENT],...", false,
     [](Options& o, std::string_view v) { o.organisation.task_renames = read_job_events(v); }},
    {"disappear", "jobs that are no longer listed: JOB[@MOMENT],...", false,
     [](Options& o, std::string_view v) { o.organisation.disappearances = read_job_events(v); }},
    {"stay-open", "executions that never end: JOB:NUMBER,...", false,
     [](Options& o, std::string_view v) { o.organisation.stays_open = read_execution_events(v); }},
    {"vanish", "executions that stay open, then are gone: JOB:NUMBER[@MOMENT],...", false,
     [](Options& o, std::string_view v) { o.organisation.vanishes = read_execution_events(v); }},
    {"eventful", "one of each of the four above, from the eleventh day on", true,
     [](Options& o, std::string_view v) { o.organisation.eventful = read_flag(v); }},
    {"wording", "of the messages: samples, finished, verbose", false,
     [](Options& o, std::string_view v) {
         o.organisation.wording = choose<Vocabulary>(v, {{"samples", Vocabulary::samples},
                                                         {"finished", Vocabulary::finished},
                                                         {"verbose", Vocabulary::verbose}});
     }},
    {"order", "of executions: oldest, newest, none", false,
     [](Options& o, std::string_view v) { o.body.order = read_order(v); }},
    {"log-order", "of log lines: oldest, newest, none", false,
     [](Options& o, std::string_view v) { o.body.log_order = read_order(v); }},
    {"casing", "of member names: pascal, camel", false,
     [](Options& o, std::string_view v) {
         o.body.camel_case = choose<bool>(v, {{"pascal", false}, {"camel", true}});
     }},
    {"members", "their order: documented, reversed, shuffled", false,
     [](Options& o, std::string_view v) {
         o.body.members = choose<Members>(v, {{"documented", Members::documented},
                                              {"reversed", Members::reversed},
                                              {"shuffled", Members::shuffled}});
     }},
    {"extras", "members that nobody documented", true,
     [](Options& o, std::string_view v) { o.body.extras = read_flag(v); }},
    {"open-end", "EndTime of a running execution: null, missing, minimum", false,
     [](Options& o, std::string_view v) {
         o.body.open_end = choose<OpenEnd>(v, {{"null", OpenEnd::null},
                                               {"missing", OpenEnd::missing},
                                               {"minimum", OpenEnd::minimum}});
     }},
    {"time", "form of timestamps: plain, z, offset[:+02:00], zone:NAME", false, set_time},
    {"fraction", "digits of a second: 0 to 9, varying", false,
     [](Options& o, std::string_view v) { o.body.fraction = read_fraction(v); }},
    {"states", "code of the state running: 0 or 1", false,
     [](Options& o, std::string_view v) {
         o.body.first_state = static_cast<int>(read_count(v, 1));
     }},
    {"indent", "blanks per level", false,
     [](Options& o, std::string_view v) {
         o.body.indent = static_cast<unsigned>(read_count(v, 16));
     }},
    {"escape-non-ascii", "write \\u00d8 for Ø", true,
     [](Options& o, std::string_view v) { o.body.escape_non_ascii = read_flag(v); }},
    {"key", "the key that is accepted (default: any)", false,
     [](Options& o, std::string_view v) { o.server.key = v; }},
    {"key-header", "the header that carries it", false,
     [](Options& o, std::string_view v) { o.server.key_header = v; }},
    {"forbid", "answer 403 to every key", true,
     [](Options& o, std::string_view v) { o.server.forbid = read_flag(v); }},
    {"latency-ms", "wait so long before every answer", false,
     [](Options& o, std::string_view v) {
         o.server.latency = std::chrono::milliseconds{read_count(v, 3'600'000)};
     }},
    {"gzip", "compress where the client accepts it", true,
     [](Options& o, std::string_view v) { o.server.gzip = read_flag(v); }},
    {"etag", "send an ETag, and honour If-None-Match", true,
     [](Options& o, std::string_view v) { o.server.etag = read_flag(v); }},
    {"last-modified", "send Last-Modified, and honour If-Modified-Since", true,
     [](Options& o, std::string_view v) { o.server.last_modified = read_flag(v); }},
    {"framing", "of bodies: chunked, length, close", false,
     [](Options& o, std::string_view v) {
         o.server.framing = choose<Framing>(v, {{"chunked", Framing::chunked},
                                                {"length", Framing::length},
                                                {"close", Framing::close}});
     }},
    {"certificate", "serve https with this certificate, a PEM file", false,
     [](Options& o, std::string_view v) { o.server.certificate = v; }},
    {"private-key", "the certificate's key, a PEM file", false,
     [](Options& o, std::string_view v) { o.server.private_key = v; }},
    {"folder", "serve the saved bodies of this folder", false,
     [](Options& o, std::string_view v) { o.server.folder = v; }},
};

} // namespace

std::span<const OptionEntry> option_table() { return entries; }

void set_option(Options& options, std::string_view name, std::string_view value) {
    for (const OptionEntry& entry : entries) {
        if (entry.name != name) continue;
        try {
            return entry.set(options, value);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(fmt::format("option '{}': {}", name, error.what()));
        }
    }
    throw std::invalid_argument(fmt::format("there is no option '{}'", name));
}

} // namespace simulator
