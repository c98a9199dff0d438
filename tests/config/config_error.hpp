#pragma once

#include "config/config.hpp"
#include "error.hpp"

#include <string>
#include <string_view>

/// The text of the ConfigError that a configuration named config.toml is refused with; "" when it
/// is not.
inline std::string refusal_of(std::string_view text) {
    try {
        tidemark::parse_config(text, "config.toml");
    } catch (const tidemark::ConfigError& error) {
        return error.what();
    }
    return "";
}

/// The same for lines that follow the first two, which are those of a source that is complete.
inline std::string refusal_of_rest(std::string_view lines) {
    constexpr std::string_view beginning = "[source]\nbase_url = \"https://gateway.example\"\n";
    return refusal_of(std::string{beginning}.append(lines));
}
