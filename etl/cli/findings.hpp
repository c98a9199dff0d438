#pragma once

#include "exit_code.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tidemark {
/// The result of one check, printed as a line.
struct Finding {
    std::string_view what;
    std::string_view verdict; ///< `ok`, `open`, `warning` or `failed`
    std::string text;
    ExitCode code = ExitCode::ok;
};

/// A summary of the findings: whether all is well, else how many are not.
Finding verdict_on(std::span<const Finding> findings);

/// Prints one line for each finding to stdout. Returns the most severe exit code: a wrong
/// configuration, then a failure, then a partial success.
ExitCode print_findings(std::span<const Finding> findings);

} // namespace tidemark
