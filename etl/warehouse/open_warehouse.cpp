#include "config/config.hpp"
#include "error.hpp"
#include "warehouse/sqlite_warehouse.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

bool names_postgres(std::string_view url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

} // namespace

std::unique_ptr<Warehouse> open_warehouse(const WarehouseConfig& config, OpenMode mode) {
    const std::string_view url = config.url;
    if (url.starts_with(sqlite_scheme) && url.size() > sqlite_scheme.size())
        return open_sqlite_warehouse(config.base / url.substr(sqlite_scheme.size()), mode);
    if (names_postgres(url)) throw ConfigError("PostgreSQL is not built in yet");
    throw ConfigError("'warehouse.url' must be 'sqlite:FILE' or 'postgresql://HOST/DATABASE'");
}

} // namespace tidemark
