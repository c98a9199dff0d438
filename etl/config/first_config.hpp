#pragma once

#include "config/config.hpp"

#include <optional>
#include <string>

namespace tidemark {
/// What a new configuration begins with.
struct FirstConfig {
    std::string organisation = "default";
    std::string base_url;
    std::string api_key_env = "TIDEMARK_API_KEY"; ///< unless there is an `api_key_file`
    std::string api_key_file;                     ///< as the configuration names it
    std::string api_key_header = "apiKey";
    std::string timezone = "UTC";
    std::string timezone_note;      ///< why it is this one
    std::optional<StateMap> states; ///< that were proven
    std::string warehouse = "sqlite:tidemark.db";
    std::string schema;
    std::string proxy;   ///< "": none, as the next
    std::string ca_file; ///< as the configuration names it
    bool allow_http = false;
};

/// The text of a configuration that has these values, no rule, and words on what comes next. It is
/// read back before it is returned. Throws ConfigError for a value that a configuration cannot
/// have; `file` is what that calls it.
std::string first_config_text(const FirstConfig& first, const std::filesystem::path& file);

} // namespace tidemark
