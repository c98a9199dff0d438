#pragma once

#include "config/config.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The API key without surrounding white space: from the systemd credential `tidemark.key`, else
/// from the file, else from the environment variable. Throws ConfigError when there is none; it
/// names the configuration key to set.
std::string read_api_key(const SourceConfig& source);

/// Checks a text that should contain only the API key and returns it without surrounding white
/// space. Throws ConfigError; `place` is the name of the text in the error.
std::string checked_api_key(std::string_view text, std::string_view place);

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
