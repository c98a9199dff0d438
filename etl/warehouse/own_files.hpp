#pragma once

#include "config/config.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace tidemark {

/// A file that the program writes because the configuration says so.
struct WrittenFile {
    std::string_view key; ///< `report.file`
    std::filesystem::path file;
};

/// Those that a sync replaces at its end.
std::vector<WrittenFile> files_of_a_sync(const Config& config);

/// What this file is to the configuration, by whatever name or link: `the warehouse`, `the file of
/// the API key`. Such a file must not be replaced by output. Empty when it is none of them.
std::string_view role_of(const std::filesystem::path& file, const Config& config);

/// Throws ConfigError when output must not replace the file. `key`: the configuration key that
/// names it, if one does.
void refuse_own_file(const std::filesystem::path& file, const Config& config,
                     std::string_view key = {});

} // namespace tidemark
