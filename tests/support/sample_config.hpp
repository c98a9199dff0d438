#pragma once

#include <string>

namespace tidemark::test {

/// The text of config.example.toml with the rules of tests/rules.toml, which the samples need.
std::string sample_config(const std::string& base_url = "https://gateway.example");

} // namespace tidemark::test
