#pragma once

#include "model/execution.hpp"
#include "model/task_run.hpp"
#include "model/time.hpp"

#include <bitset>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// `[source]`: where the history comes from.
struct SourceConfig {
    std::string organisation = "default";
    std::string base_url;                         ///< without a trailing slash
    std::string api_key_env = "TIDEMARK_API_KEY"; ///< used unless `api_key_file` is given
    std::optional<std::filesystem::path>
        api_key_file; ///< absolute, or relative to the configuration
    std::string api_key_header = "apiKey";
    TimeZone timezone; ///< of timestamps that carry none
    int max_concurrent_requests = 4;
    int retries = 5;
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds stall_timeout{60};
    std::uint64_t max_response_bytes = 16ULL << 30U; ///< of one body, after decompression
    std::uint64_t max_execution_bytes = 32ULL << 20U;
    std::chrono::seconds clock_tolerance =
        std::chrono::days{1}; ///< that moments may be ahead of now
    std::optional<std::string> proxy;
    std::optional<std::filesystem::path> ca_file;
    bool allow_http = false;
    bool allow_execute = false; ///< `execute` may queue runs
    StateMap states;
    bool states_confirmed = false; ///< by the user, whatever codes were seen
};

/// `[warehouse]`: where the history is kept.
struct WarehouseConfig {
    std::string url = "sqlite:tidemark.db"; ///< a relative file is relative to `base`
    std::filesystem::path base;             ///< the configuration's folder
    std::string schema = "tidemark";        ///< PostgreSQL only
    bool migrate_by_itself = true;          ///< `migrate = "auto"` or `"manual"`
};

/// `[sync]`: what is pulled.
struct SyncConfig {
    std::chrono::seconds lookback = std::chrono::days{7};
    std::chrono::seconds abandoned_after = std::chrono::days{30};
    TimeZone reporting_timezone;
    std::vector<std::string> include; ///< job names or ids with * and ?; empty: all
    std::vector<std::string> exclude;
};

/// `[[attribution.rule]]`: finds the task and its outcome in a message.
struct RuleConfig {
    std::string name;
    std::string pattern; ///< RE2; named groups task, rows, error, source, seconds, code
    std::optional<TaskOutcome> outcome; ///< null: the rule only names the task
    std::filesystem::path file;         ///< where the rule stands, and the line of its pattern
    int line = 0;
    std::vector<std::int64_t> severities; ///< matches lines of these severities only; empty: of all
    std::optional<std::string>
        job; ///< matches lines of these jobs only: a name or id, with * and ?
    TaskKind kind = TaskKind::transfer; ///< of the task that it names
    bool partial = false;               ///< a success need not match the message to its end
    bool multiline = false;             ///< ^ and $ hold at each line
    bool each =
        false; ///< every match in a message counts, and later rules with `each` are tried too
};

/// An entry of `[attribution.sources]`: the data source of a task.
struct ExplicitSource {
    std::string task;
    std::string source;
    std::optional<std::string> job; ///< only in these jobs: a name or id, with * and ?

    auto operator<=>(const ExplicitSource&) const = default;
};

/// `[[attribution.convention]]`: finds the data source in the name of a task.
struct ConventionConfig {
    std::string pattern;        ///< RE2; named group source
    std::filesystem::path file; ///< that it stands in
    int line = 0;
};

/// An entry of `[attribution.known]`: a data source whose name stands in the names of its tasks.
struct KnownSource {
    std::string name;                     ///< searched like a short name
    std::vector<std::string> short_names; ///< whole words
};

/// `[[attribution.test]]`: a message and the expected result.
struct AttributionTest {
    std::string message;
    std::optional<std::string> job; ///< a job's name or id
    std::optional<std::int64_t> severity;
    std::optional<std::string> task;
    std::optional<std::string> source; ///< "": none
    std::optional<TaskOutcome> outcome;
    std::optional<std::int64_t> rows;
    std::optional<TaskKind> kind;
    bool matches = true;        ///< false: no rule may match
    std::filesystem::path file; ///< that it stands in
    int line = 0;
};

/// The default of `attribution.failure_words`: beginnings of words for a failure, in several
/// languages.
const std::vector<std::string>& default_failure_words();

/// `[attribution]`. Everything is tried in the order of the file.
struct AttributionConfig {
    std::vector<RuleConfig> rules;
    std::vector<ExplicitSource> sources;
    std::vector<ConventionConfig> conventions;
    std::vector<KnownSource> known;
    std::vector<AttributionTest> tests;
    std::vector<std::string> failure_words = default_failure_words();
    std::optional<std::filesystem::path> include; ///< a file with more of this section
    bool include_is_missing = false;              ///< true only after loading with `may_lack_rules`
};

/// `[freshness]`: the oldest that a source's last success may be.
struct FreshnessConfig {
    std::optional<std::chrono::seconds> by_default;
    std::map<std::string, std::chrono::seconds> by_source;
    std::set<std::string> retired; ///< `"never"`: never late
};

/// A time at which a job is expected to start.
struct GivenStart {
    std::bitset<7> weekdays;      ///< from Monday on; at least one
    std::chrono::minutes time{0}; ///< since midnight, in the reporting time zone

    bool operator==(const GivenStart&) const = default;
};

/// `[schedule]`: given starts of jobs, which replace those learned from their history.
struct ScheduleConfig {
    std::map<std::string, std::vector<GivenStart>> by_job; ///< by name or id, with * and ?
};

/// `[archive]`: where each sync keeps the received executions unchanged.
struct ArchiveConfig {
    std::optional<std::filesystem::path> dir; ///< null: no archive
};

/// `[metrics]`: figures for Prometheus after each sync.
struct MetricsConfig {
    std::optional<std::filesystem::path> textfile; ///< for the node exporter; replaced by rename
};

/// `[ping]`: a URL to request when a sync starts and ends.
struct PingConfig {
    std::string url; ///< empty: no pings
    std::chrono::seconds timeout{10};
};

/// The format of an alert's message: plain JSON, or the format of a chat service.
enum class AlertFormat { json, slack, teams };

/// `[alert]`: whom to notify, once each, when a problem begins and when it ends; `eventlog` is the
/// exception.
struct AlertConfig {
    std::string command;                               ///< run by the system's shell; empty: none
    std::string webhook;                               ///< a URL, which is a secret
    std::optional<std::filesystem::path> webhook_file; ///< contains the URL instead
    std::string webhook_env;                ///< the environment variable with the URL, instead
    AlertFormat format = AlertFormat::json; ///< of the webhook's messages
    std::chrono::seconds timeout{10};       ///< of the command, and of the webhook
    bool eventlog = false;                  ///< an entry in the event log for each failed sync
};

/// `[report]`: the page that each sync writes at its end.
struct ReportConfig {
    std::optional<std::filesystem::path>
        file; ///< absolute, or relative to the configuration; null: no page
};

/// A configuration that was read and checked: every value is usable.
struct Config {
    std::filesystem::path file;
    SourceConfig source;
    WarehouseConfig warehouse;
    SyncConfig sync;
    AttributionConfig attribution;
    FreshnessConfig freshness;
    ScheduleConfig schedule;
    ArchiveConfig archive;
    MetricsConfig metrics;
    PingConfig ping;
    AlertConfig alert;
    ReportConfig report;
};

/// Reads and checks a configuration file and the file of `attribution.include`. Throws ConfigError
/// with the text `file:line: what (suggestion)` for: a file that cannot be read, invalid TOML, an
/// unknown key, a wrong type, a value out of range, an unknown time zone, a pattern that RE2
/// refuses or that lacks a required group. A missing file of `attribution.include` is an error
/// unless `may_lack_rules` is true.
Config load_config(const std::filesystem::path& file, bool may_lack_rules = false);

/// The same for text. `file` is its name in errors, and relative paths start from its folder.
Config parse_config(std::string_view text, const std::filesystem::path& file,
                    bool may_lack_rules = false);

/// All keys that a configuration can contain, dotted (`source.base_url`); docs/configuration.md
/// describes each.
std::vector<std::string> config_keys();

} // namespace tidemark
