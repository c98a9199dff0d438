#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

enum class LogFormat {
    text,
    json, ///< an object per line, with the keys time_utc, level, sync and message
};

enum class Level { info, warning, error };

enum class Verbosity {
    quiet, ///< only what needs attention: no Level::info
    normal,
    verbose,
};

/// How this process logs to stderr. It is set once, before other threads begin.
struct Logging {
    LogFormat format = LogFormat::text;
    Verbosity verbosity = Verbosity::normal;
    std::optional<std::int64_t> sync; ///< the key of the sync that is under way
};

void set_logging(const Logging& logging);
const Logging& logging();

/// From now on each line carries the key of this sync.
void set_logged_sync(std::int64_t sync_run_key);

/// Prints one line to stderr: `tidemark: text`, or the JSON object. Prints nothing when the
/// verbosity excludes the level. The text must be printable.
void log(Level level, std::string_view text);

/// The JSON object for a line, with a line break at its end.
std::string log_object(Level level, std::string_view text, std::optional<std::int64_t> sync,
                       std::string_view time_utc);

} // namespace tidemark
