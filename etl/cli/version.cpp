#include "cli/version.hpp"

#include "platform/zone_files.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <zstd.h>

namespace tidemark {
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
