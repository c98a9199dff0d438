#pragma once

#include "exit_code.hpp"

#include <string>
#include <string_view>

namespace tidemark {

/// What one check found; printed as a line.
struct Finding {
    std::string_view what;
    std::string_view verdict; ///< `ok`, `open`, `warning` or `failed`
    std::string text;
    ExitCode code = ExitCode::ok;
};

} // namespace tidemark
