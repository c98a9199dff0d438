#include "support/sample_config.hpp"

#include "support/program.hpp"

namespace tidemark::test {

std::string sample_config(const std::string& base_url) {
    std::string config = read_file(TIDEMARK_REPOSITORY "/config.example.toml");
    for (const std::string setting : {"[attribution.sources]", "\"Load_GL", "\"xfer-07\"",
                                      "[freshness]", "default = ", "\"Finance\" = \"8h"}) {
        config.erase(config.find("#" + setting), 1);
    }
    const std::string example = "https://gateway.example";
    return config.replace(config.find(example), example.size(), base_url);
}

} // namespace tidemark::test
