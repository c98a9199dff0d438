#pragma once

#include <string>

namespace tidemark {

/// `tidemark 0.1.0`, and one line with the versions of the loaded libraries.
std::string version_text();

} // namespace tidemark
