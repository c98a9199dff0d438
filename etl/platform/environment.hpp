#pragma once

#include <optional>
#include <string>

namespace tidemark {

/// An environment variable in UTF-8; nullopt where it is not set.
std::optional<std::string> environment(const std::string& name);

} // namespace tidemark
