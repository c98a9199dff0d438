# Everything comes from the distribution's packages (or vcpkg); nothing is vendored or downloaded.
find_package(Threads REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(simdjson REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(date REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(pqxx REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)

set(tidemark_dependencies
    Threads::Threads
    CURL::libcurl
    SQLite::SQLite3
    simdjson::simdjson
    fmt::fmt
    CLI11::CLI11
    tomlplusplus::tomlplusplus
    date::date
    nlohmann_json::nlohmann_json
    PkgConfig::pqxx
    PkgConfig::pq
    PkgConfig::re2
    PkgConfig::xxhash
    PkgConfig::utf8proc
    PkgConfig::zstd)
