#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemark {

/// Reads `7d`, `26h`, `90m`, `30s` and combinations from the largest unit to the smallest
/// (`1d12h`). nullopt for anything else and for more than a hundred years.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// Reads `16GiB`, `32MiB`, `500MB`, `1024` (bytes), in upper or lower case, from KB and KiB to TB
/// and TiB, in bytes. nullopt for anything else and for what 64 bits cannot hold.
std::optional<std::uint64_t> parse_size(std::string_view text);

} // namespace tidemark
