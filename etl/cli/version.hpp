#pragma once

#include <string>

namespace tidemark {

/// `tidemark 0.1.0`, and a line with the versions of the libraries that it runs with.
std::string version_text();

} // namespace tidemark
