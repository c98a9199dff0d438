#include "warehouse/own_files.hpp"

#include "archive/manifest.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// The path without links, as far as it exists.
fs::path real_path(const fs::path& file) {
    std::error_code error;
    fs::path real = fs::weakly_canonical(fs::absolute(file, error), error);
    return error ? fs::absolute(file).lexically_normal() : real;
}

bool is_same(const fs::path& file, const fs::path& other) {
    std::error_code ignored; // of a file that is not there
    return fs::equivalent(file, other, ignored) || real_path(file) == real_path(other);
}

bool is_of_archive(const fs::path& file, const ArchiveConfig& config) {
    return config.dir &&
           is_archive_path(real_path(file).lexically_relative(real_path(*config.dir)));
}

bool is_of_warehouse(const fs::path& file, const WarehouseConfig& config) {
    constexpr std::array<std::string_view, 4> endings = {"", "-wal", "-shm", "-journal"};
    const auto warehouse = warehouse_file(config);
    return warehouse && std::ranges::any_of(endings, [&](std::string_view ending) {
               fs::path own = *warehouse;
               own += ending;
               return is_same(file, own);
           });
}

} // namespace

std::vector<WrittenFile> files_of_a_sync(const Config& config) {
    std::vector<WrittenFile> files;
    if (config.report.file) files.push_back({"report.file", *config.report.file});
    if (config.metrics.textfile) files.push_back({"metrics.textfile", *config.metrics.textfile});
    return files;
}

std::string_view role_of(const fs::path& file, const Config& config) {
    const auto is = [&](const std::optional<fs::path>& own) { return own && is_same(file, *own); };
    if (is_same(file, config.file)) return "the configuration";
    if (is(config.attribution.include)) return "the file of 'attribution.include'";
    if (is(config.source.api_key_file)) return "the file of the API key";
    if (is(config.source.ca_file)) return "the file of 'source.ca_file'";
    if (is(config.alert.webhook_file)) return "the file of 'alert.webhook_file'";
    if (is_of_warehouse(file, config.warehouse)) return "the warehouse";
    if (is_of_archive(file, config.archive)) return "of the archive";
    return {};
}

void refuse_own_file(const fs::path& file, const Config& config, std::string_view key) {
    const std::string_view role = role_of(file, config);
    if (role.empty()) return;
    throw ConfigError(fmt::format("cannot write '{}': it is {}{}", utf8(file), role,
                                  key.empty() ? "" : fmt::format("; correct '{}'", key)));
}

} // namespace tidemark
