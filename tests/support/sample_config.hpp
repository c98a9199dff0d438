#pragma once

#include <string>

namespace tidemark::test {

/// The text of config.example.toml with the settings on that the samples need.
std::string sample_config(const std::string& base_url = "https://gateway.example");

} // namespace tidemark::test
