#include "config/config.hpp"
#include "error.hpp"
#include "platform/files.hpp"
#include "platform/path_text.hpp"
#include "warehouse/postgres/warehouse.hpp"
#include "warehouse/sqlite/warehouse.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

/// SQLite's own name for a database that lives in memory only.
constexpr std::string_view in_memory = ":memory:";

bool names_sqlite(std::string_view url) {
    return url.starts_with(sqlite_scheme) && url.size() > sqlite_scheme.size();
}

std::filesystem::path sqlite_file(const WarehouseConfig& config) {
    const std::string_view file = std::string_view{config.url}.substr(sqlite_scheme.size());
    return file == in_memory ? path_of(file) : config.base / path_of(file);
}

bool names_postgres(std::string_view url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

} // namespace

std::unique_ptr<Warehouse> open_warehouse(const WarehouseConfig& config, OpenMode mode) {
    const std::string_view url = config.url;
    if (names_sqlite(url)) return open_sqlite_warehouse(sqlite_file(config), mode);
    if (names_postgres(url)) return open_postgres_warehouse(config.url, config.schema, mode);
    throw ConfigError("'warehouse.url' must be 'sqlite:FILE' or 'postgresql://HOST/DATABASE'");
}

bool warehouse_exists(const WarehouseConfig& config) {
    return !names_sqlite(config.url) || std::filesystem::exists(sqlite_file(config));
}

std::optional<std::filesystem::path> warehouse_file(const WarehouseConfig& config) {
    if (!names_sqlite(config.url) || sqlite_file(config) == in_memory) return std::nullopt;
    return std::filesystem::absolute(sqlite_file(config)).lexically_normal();
}

LeaseHeld lease_held(std::string_view name, std::chrono::milliseconds waited) {
    return LeaseHeld(fmt::format("another sync holds '{}', waited {:.3g} s for it; try again later",
                                 name, std::chrono::duration<double>(waited).count()));
}

/// SQLite looks for a write-ahead log beside the name by which it opens a file, so each name of a
/// file has a log of its own.
std::optional<std::string> hazard_of(const WarehouseConfig& config) {
    const auto file = warehouse_file(config);
    if (!file) return std::nullopt;
    std::error_code error; // as of a file that is not there
    const auto names = std::filesystem::hard_link_count(*file, error);
    if (error || names < 2) return std::nullopt;
    return fmt::format(
        "'{}' has {} names (hard links): who opens it by another one may read half of "
        "a sync, and destroys it by writing; keep one name, and make copies with "
        "'VACUUM INTO'",
        utf8(*file), names);
}

void require_room_for_warehouse(const WarehouseConfig& config) {
    if (warehouse_exists(config)) return;
    const auto folder = std::filesystem::absolute(sqlite_file(config)).parent_path();
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
        throw Error(
            fmt::format("cannot create '{}': there is no folder '{}'", config.url, utf8(folder)));
    }
    if (!can_write_into(folder)) {
        throw Error(fmt::format("cannot create '{}': the folder '{}' may not be written to",
                                config.url, utf8(folder)));
    }
}

std::string grants_for(const WarehouseConfig& config) {
    if (names_postgres(config.url)) return postgres_grants(config.url, config.schema);
    throw ConfigError("a SQLite file has no roles: who may open the file may read it");
}

namespace {

void require_server(const WarehouseConfig& config) {
    if (names_postgres(config.url)) return;
    throw ConfigError(
        "a SQLite file is on one machine; a Citus cluster needs a 'warehouse.url' that"
        " begins with postgresql://");
}

} // namespace

void require_citus(const WarehouseConfig& config) {
    require_server(config);
    postgres_require_citus(config.url, config.schema);
}

std::vector<TablePlace> lay_out(const WarehouseConfig& config, Layout layout) {
    require_server(config);
    return postgres_lay_out(config.url, config.schema, layout);
}

} // namespace tidemark
