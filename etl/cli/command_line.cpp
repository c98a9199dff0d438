#include "cli/command_line.hpp"

#include "cli/options.hpp"
#include "platform/zone_files.hpp"

#include <CLI/CLI.hpp>
#include <curl/curl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <zstd.h>

namespace tidemark {

CommandLine::CommandLine()
    : m_app(std::make_unique<CLI::App>(
          "Keeps the job history of a TimeXtender organisation in a database that people can "
          "query.")) {
    m_app->name("tidemark");
    m_app->set_version_flag("--version", version_text());
    m_app->require_subcommand(1);
    m_app->allow_windows_style_options(false); // a path may begin with a slash
    for (const auto& command : m_commands) {
        CLI::App* sub = m_app->add_subcommand(command->name(), command->summary());
        sub->add_option("--config", m_config_file, "the configuration")
            ->type_name("FILE")
            ->capture_default_str();
        Options options(*sub);
        command->add_options(options);
        options.log_format(m_log_format);
        options.flag("--quiet", "say on stderr only what needs attention", m_quiet);
        options.flag("--verbose", "say more", m_verbose);
        options.exclude("--verbose", "--quiet");
        sub->footer("Example:\n  " + command->example() + "\n");
        sub->callback([this, &command] { m_chosen = command.get(); });
    }
}

CommandLine::~CommandLine() = default;

Logging CommandLine::logging() const {
    const Verbosity verbosity = m_quiet     ? Verbosity::quiet
                                : m_verbose ? Verbosity::verbose
                                            : Verbosity::normal;
    return {.format = m_log_format, .verbosity = verbosity};
}

namespace {

/// `15.8`, out of 150008.
std::string libpq_version() {
    const int version = PQlibVersion();
    return fmt::format("{}.{}", version / 10000, version % 10000);
}

} // namespace

std::string version_text() {
    const auto* curl = curl_version_info(CURLVERSION_NOW);
    return fmt::format(
        "tidemark " TIDEMARK_VERSION "\n"
        "with libcurl {} ({}), simdjson {}.{}.{}, SQLite {}, libpq {}, zstd {}, fmt {}.{}.{}, "
        "tzdata {}",
        curl->version, curl->ssl_version == nullptr ? "no TLS" : curl->ssl_version,
        int{simdjson::SIMDJSON_VERSION_MAJOR}, int{simdjson::SIMDJSON_VERSION_MINOR},
        int{simdjson::SIMDJSON_VERSION_REVISION}, sqlite3_libversion(), libpq_version(),
        ZSTD_versionString(), FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100,
        zone_data_version());
}

} // namespace tidemark
