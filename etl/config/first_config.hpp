#pragma once

#include "config/config.hpp"

#include <optional>
#include <string>

namespace tidemark {
/// The values of a new configuration.
struct FirstConfig {
    std::string organisation = "default";
    std::string base_url;
    std::string api_key_env = "TIDEMARK_API_KEY"; ///< unless there is an `api_key_file`
    std::string api_key_file;                     ///< as the configuration names it
    std::string api_key_header = "apiKey";
    std::string timezone = "UTC";
    std::string timezone_note;      ///< the reason for this time zone
    std::optional<StateMap> states; ///< null: not known yet
    std::string warehouse = "sqlite:tidemark.db";
    std::string schema;
    std::string proxy;   ///< "": none
    std::string ca_file; ///< as the configuration names it
    bool allow_http = false;
};

/// The text of a configuration with these values, without rules, and with comments on the next
/// steps. It is parsed as a check before it is returned. Throws ConfigError for an invalid value;
/// `file` is the name of the configuration in the error.
std::string first_config_text(const FirstConfig& first, const std::filesystem::path& file);

} // namespace tidemark
