#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// A text in which these characters, of `&<>"'`, are written as HTML and XML write them: `&lt;`.
std::string with_entities(std::string_view text, std::string_view characters);

} // namespace tidemark
