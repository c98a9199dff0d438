#pragma once

#include <string>
#include <string_view>

namespace simulator {

/// What stands between the quotes of a JSON string. `ascii`: other characters as \uXXXX, as .NET
/// does it. The text must be UTF-8.
std::string json_escaped(std::string_view text, bool ascii = false);

} // namespace simulator
