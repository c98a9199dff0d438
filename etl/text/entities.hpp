#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// The text with `characters`, some of `&<>"'`, replaced by the entities of HTML and XML (`&lt;`).
std::string with_entities(std::string_view text, std::string_view characters);

} // namespace tidemark
