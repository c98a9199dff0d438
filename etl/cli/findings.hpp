#pragma once

#include "exit_code.hpp"

#include <span>
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

/// What they come to, as the first of them: whether all is well, and otherwise how many are not.
Finding verdict_on(std::span<const Finding> findings);

/// Prints a line for each on stdout, and returns the exit code that matters most to whoever reads
/// it: a wrong configuration, a failure, then a doubt.
ExitCode print_findings(std::span<const Finding> findings);

} // namespace tidemark
