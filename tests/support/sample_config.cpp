#include "support/sample_config.hpp"

#include "support/files.hpp"

namespace tidemark::test {

std::string sample_config(const std::string& base_url) {
    std::string config = read_file(TIDEMARK_REPOSITORY "/config.example.toml");
    const std::string example = "https://gateway.example";
    config.replace(config.find(example), example.size(), base_url);
    return config + read_file(TIDEMARK_REPOSITORY "/tests/rules.toml");
}

} // namespace tidemark::test
