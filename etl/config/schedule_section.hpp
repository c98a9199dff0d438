#pragma once

#include "config/config.hpp"

#include <optional>
#include <string_view>

namespace tidemark {

/// Reads `02:00`, `mon-fri 02:00` or `sat,sun 05:30`, in upper or lower case; a span of days may go
/// over Sunday (`fri-mon`). nullopt for anything else.
std::optional<GivenStart> parse_given_start(std::string_view text);

} // namespace tidemark
