#include "config/config.hpp"

#include "config/document.hpp"
#include "config/sections.hpp"
#include "config/text_file.hpp"
#include "error.hpp"

#include <fmt/format.h>

#include <system_error>

namespace tidemark {
namespace {

Keys<Config> all_keys() {
    return {
        table_key("source", &Config::source, source_keys()),
        table_key("warehouse", &Config::warehouse, warehouse_keys()),
        table_key("sync", &Config::sync, sync_keys()),
        table_key("attribution", &Config::attribution, attribution_keys()),
        freshness_key(),
    };
}

} // namespace

Config load_config(const std::filesystem::path& file) {
    constexpr std::size_t most_bytes = 1U << 20U;
    const TextFile read = read_text_file(file, most_bytes);
    if (read.error.empty()) return parse_config(read.text, file);
    std::error_code ignored;
    const auto* advice =
        std::filesystem::exists(file, ignored) ? "" : "; copy config.example.toml to begin";
    throw ConfigError(
        fmt::format("cannot read {}: {}{}", in_quotes(file.string()), read.error, advice));
}

Config parse_config(std::string_view text, const std::filesystem::path& file) {
    const TomlValue document = read_document(text, file.string());
    const Field root{file, "", document};
    Config config;
    config.file = file;
    config.warehouse.base = file.parent_path();
    read_table(root, all_keys(), config);
    check_source(root, config.source);
    return config;
}

std::vector<std::string> config_keys() { return dotted_names(all_keys()); }

} // namespace tidemark
