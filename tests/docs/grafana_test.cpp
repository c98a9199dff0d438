#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/postgres_server.hpp"
#include "support/sync_world.hpp"

#include <nlohmann/json.hpp>

#include <regex>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The query as Grafana sends it, to the schema of a world.
std::string sent(const std::string& query, const std::string& schema) {
    static const std::regex filter(R"(\$__timeFilter\((\w+)\))");
    static const std::regex name(R"(\btidemark\.)");
    const std::string spanned = std::regex_replace(
        query, filter, "$1 BETWEEN '2026-09-11T06:00:00Z' AND '2026-10-11T06:00:00Z'");
    return std::regex_replace(spanned, name, schema + ".");
}

} // namespace

TEST_CASE("every query of the Grafana dashboard runs, and finds what it shows", "[docs]") {
    SyncWorld world("postgres");
    FakeSource night = sample_night("night1");
    world.sync_from(night);
    const auto dashboard =
        nlohmann::json::parse(read_file(TIDEMARK_REPOSITORY "/docs/grafana/tidemark.json"));
    std::size_t queries = 0;
    for (const auto& panel : dashboard.at("panels")) {
        for (const auto& target : panel.at("targets")) {
            const std::string query = target.at("rawSql");
            CAPTURE(panel.at("title"), query);
            CHECK(query.find("$__") == query.find("$__timeFilter("));
            const std::string sql = sent(query, world.config.warehouse.schema);
            const std::string count =
                run_sql(world.config.warehouse.url, "SELECT count(*) FROM (" + sql + ") answer");
            CHECK(std::stoi(count) > 0);
            const bool is_series = target.at("format") == "time_series";
            CHECK(is_series == (query.find(" AS time, ") != std::string::npos));
            ++queries;
        }
    }
    CHECK(queries >= 10);
    CHECK(dashboard.at("uid").is_null());
}
