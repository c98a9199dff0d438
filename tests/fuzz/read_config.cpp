#include "config/config.hpp"
#include "error.hpp"
#include "fuzz/targets.hpp"

namespace tidemark::fuzz {

void read_config(std::string_view input) {
    try {
        (void)parse_config(input, "config.toml");
    } catch (const ConfigError& error) {
        const std::string_view what = error.what();
        require(what.starts_with("config.toml:"),
                "an error begins with the file: " + std::string{what});
    }
}

} // namespace tidemark::fuzz
