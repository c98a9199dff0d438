#pragma once

#include "config/config.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace tidemark {

/// A file with a secret that users other than its owner can read.
struct ExposedSecret {
    std::filesystem::path file;
    std::string_view what; ///< `the API key`
};

/// The files of the API key and of the webhook, and the configuration, where they contain a secret
/// that others can read. A passfile is not checked: libpq does that.
std::vector<ExposedSecret> exposed_secrets(const Config& config);

/// Whether `[alert]` configures a webhook.
bool has_webhook(const AlertConfig& alert);

/// The webhook's URL, from the file, the environment variable or the configuration. Throws
/// ConfigError, without the URL in its text, when it cannot be read or is invalid.
std::string read_webhook(const AlertConfig& alert);

} // namespace tidemark
