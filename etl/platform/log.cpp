#include "platform/log.hpp"

#include "platform/process.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>

namespace tidemark {
namespace {

Logging& process_logging() {
    static Logging logging; // there is one stderr
    return logging;
}

std::string_view word_of(Level level) {
    switch (level) {
    case Level::info: return "info";
    case Level::warning: return "warning";
    case Level::error: break;
    }
    return "error";
}

/// As moments look everywhere: `YYYY-MM-DD HH:MM:SS.ffffff`.
std::string now_utc() {
    using std::chrono::microseconds;
    using std::chrono::seconds;
    const auto now = std::chrono::system_clock::now();
    const auto second = std::chrono::floor<seconds>(now);
    return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:06}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(second)),
                       std::chrono::floor<microseconds>(now - second).count());
}

} // namespace

void set_logging(const Logging& logging) { process_logging() = logging; }

const Logging& logging() { return process_logging(); }

void set_logged_sync(std::int64_t sync_run_key) { process_logging().sync = sync_run_key; }

std::string log_object(Level level, std::string_view text, std::optional<std::int64_t> sync,
                       std::string_view time_utc) {
    using Json = nlohmann::ordered_json;
    const Json object = {{"time_utc", time_utc},
                         {"level", word_of(level)},
                         {"sync", sync ? Json(*sync) : Json(nullptr)},
                         {"message", text}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void log(Level level, std::string_view text) {
    const Logging& how = logging();
    if (how.verbosity == Verbosity::quiet && level == Level::info) return;
    if (how.format == LogFormat::text) return write_stderr(fmt::format("tidemark: {}\n", text));
    write_stderr(log_object(level, text, how.sync, now_utc()));
}

} // namespace tidemark
