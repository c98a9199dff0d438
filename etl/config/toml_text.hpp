#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// A text as a TOML value, as a person would write it: `"plain"`, `'with \d'`, `'''with '\d''''`.
std::string toml_text(std::string_view text);

} // namespace tidemark
