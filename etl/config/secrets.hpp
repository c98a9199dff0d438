#pragma once

#include "config/config.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace tidemark {

/// A file that holds a secret and that its group or everybody may read.
struct ExposedSecret {
    std::filesystem::path file;
    std::string_view what; ///< `the API key`
};

/// The key's file and the configuration, where they hold a secret and others can read them. Empty
/// on systems without such permissions. A passfile is libpq's to judge.
std::vector<ExposedSecret> exposed_secrets(const Config& config);

/// Whether `[alert]` says where to find a webhook.
bool has_webhook(const AlertConfig& alert);

/// The webhook's URL, from the file, the environment variable or the configuration. Throws
/// ConfigError, which does not show it, when it cannot be had or is no URL.
std::string read_webhook(const AlertConfig& alert);

} // namespace tidemark
