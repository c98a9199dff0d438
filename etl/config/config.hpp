#pragma once

#include "model/execution.hpp"
#include "model/task_run.hpp"
#include "model/time.hpp"

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
    bool states_confirmed = false; ///< by hand, whatever the codes that are seen say
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

/// `[[attribution.rule]]`: what a message says of which task.
struct RuleConfig {
    std::string name;
    std::string pattern; ///< RE2; named groups task, rows, error, source, seconds, code
    std::optional<TaskOutcome> outcome; ///< none: the rule only names the task
    std::filesystem::path file;         ///< that it stands in, and the line of its pattern
    int line = 0;
    std::vector<std::int64_t> severities; ///< only lines of one of these; empty: of any
    std::optional<std::string> job;       ///< only of jobs of this name or id, with * and ?
    TaskKind kind = TaskKind::transfer;   ///< of the task that it names
    bool partial = false;                 ///< a success need not match the message to its end
    bool multiline = false;               ///< ^ and $ hold at each line
    bool each = false; ///< every match in a message counts, and further such rules are tried
};

/// An entry of `[attribution.sources]`: a task's data source, said outright.
struct ExplicitSource {
    std::string task;
    std::string source;
    std::optional<std::string> job; ///< only in jobs of this name or id, with * and ?

    auto operator<=>(const ExplicitSource&) const = default;
};

/// `[[attribution.convention]]`: the data source's name out of the task's name.
struct ConventionConfig {
    std::string pattern;        ///< RE2; named group source
    std::filesystem::path file; ///< that it stands in
    int line = 0;
};

/// An entry of `[attribution.known]`: a data source that tasks name in their own names.
struct KnownSource {
    std::string name;                     ///< counts as a short name too
    std::vector<std::string> short_names; ///< whole words
};

/// `[[attribution.test]]`: a message, and what is expected to be made of it.
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

/// Beginnings of words that say a failure, in several languages: what
/// `attribution.failure_words` is by default.
const std::vector<std::string>& default_failure_words();

/// `[attribution]`. Everything is tried in the order of the file.
struct AttributionConfig {
    std::vector<RuleConfig> rules;
    std::vector<ExplicitSource> sources;
    std::vector<ConventionConfig> conventions;
    std::vector<KnownSource> known;
    std::vector<AttributionTest> tests;
    std::vector<std::string> failure_words = default_failure_words();
    std::optional<std::filesystem::path> include; ///< a further file of this section
    bool include_is_missing = false; ///< which only a configuration that was asked for may be
};

/// `[freshness]`: the oldest that a source's last success may be.
struct FreshnessConfig {
    std::optional<std::chrono::seconds> by_default;
    std::map<std::string, std::chrono::seconds> by_source;
    std::set<std::string> retired; ///< `"never"`: never late
};

/// `[archive]`: where each sync keeps what came, as it came.
struct ArchiveConfig {
    std::optional<std::filesystem::path> dir; ///< none: nowhere
};

/// `[metrics]`: what Prometheus reads after each sync.
struct MetricsConfig {
    std::optional<std::filesystem::path> textfile; ///< for the node exporter; replaced by rename
};

/// `[ping]`: who is told that a sync starts and how it ended.
struct PingConfig {
    std::string url; ///< empty: nobody
    std::chrono::seconds timeout{10};
};

/// How the message of an alert is worded: as plain JSON, or as these services take it.
enum class AlertFormat { json, slack, teams };

/// `[alert]`: who is told what began and what ended, once each.
struct AlertConfig {
    std::string command;                               ///< of the system's shell; empty: none
    std::string webhook;                               ///< a URL; a secret, as are the others
    std::optional<std::filesystem::path> webhook_file; ///< that holds it, instead
    std::string webhook_env;                           ///< the variable that holds it, instead
    AlertFormat format = AlertFormat::json;            ///< of what the webhook gets
    std::chrono::seconds timeout{10};                  ///< of each of the two
};

/// `[report]`: the page that each sync writes at its end.
struct ReportConfig {
    std::optional<std::filesystem::path>
        file; ///< absolute, or relative to the configuration; none: no page
};

/// A configuration that was read and checked: every value is usable.
struct Config {
    std::filesystem::path file;
    SourceConfig source;
    WarehouseConfig warehouse;
    SyncConfig sync;
    AttributionConfig attribution;
    FreshnessConfig freshness;
    ArchiveConfig archive;
    MetricsConfig metrics;
    PingConfig ping;
    AlertConfig alert;
    ReportConfig report;
};

/// Reads and checks a configuration file. Throws ConfigError, worded `file:line: what
/// (suggestion)`, for a file that cannot be read, TOML that is none, an unknown key, a wrong type,
/// a value out of bounds, an unknown zone, a pattern that RE2 refuses or that lacks the group it
/// needs. The file of `attribution.include` is read like a part of it; one that is not there is an
/// error too, unless `may_lack_rules`.
Config load_config(const std::filesystem::path& file, bool may_lack_rules = false);

/// The same for text; `file` is what errors call it and what relative paths start from.
Config parse_config(std::string_view text, const std::filesystem::path& file,
                    bool may_lack_rules = false);

/// The API key, without surrounding white space: the credential `tidemark.key` that systemd hands
/// to the service, else the file, else the environment variable. Throws ConfigError naming the key
/// to set when there is none.
std::string read_api_key(const SourceConfig& source);

/// A text that holds the key and nothing else, without surrounding white space. Throws ConfigError;
/// `place` is what its words call the text.
std::string checked_api_key(std::string_view text, std::string_view place);

/// Every key that a configuration may hold, dotted (`source.base_url`); docs/configuration.md names
/// each.
std::vector<std::string> config_keys();

} // namespace tidemark
