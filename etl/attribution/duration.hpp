#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace tidemark {

/// Reads a duration as programs print it: seconds (`12`, `12.5`, `12,5`) or `mm:ss` and `hh:mm:ss`,
/// their seconds perhaps with a fraction. nullopt for anything else, and for a year or more.
std::optional<std::chrono::microseconds> parse_seconds(std::string_view text);

} // namespace tidemark
