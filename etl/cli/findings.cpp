#include "cli/findings.hpp"

#include "text/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <vector>

namespace tidemark {
namespace {

int severity_of(ExitCode code) {
    switch (code) {
    case ExitCode::usage: return 3;
    case ExitCode::failed: return 2;
    case ExitCode::partial: return 1;
    case ExitCode::ok:
    case ExitCode::held: break;
    }
    return 0;
}

} // namespace

Finding verdict_on(std::span<const Finding> findings) {
    std::vector<std::string> parts;
    std::string_view worst = "ok";
    for (const std::string_view verdict : {"failed", "warning", "open"}) {
        const auto count = std::ranges::count(findings, verdict, &Finding::verdict);
        if (count == 0) continue;
        if (worst == "ok") worst = verdict;
        parts.push_back(verdict == "warning" ? count_of(count, "warning")
                                             : fmt::format("{} {}", count, verdict));
    }
    if (parts.empty()) return {"verdict", "ok", "all is well"};
    return {"verdict", worst, fmt::format("{}", fmt::join(parts, ", "))};
}

ExitCode print_findings(std::span<const Finding> findings) {
    ExitCode code = ExitCode::ok;
    for (const Finding& finding : findings) {
        std::cout << fmt::format("{:<14} {:<8} {}\n", finding.what, finding.verdict,
                                 printable(finding.text));
        if (severity_of(finding.code) > severity_of(code)) code = finding.code;
    }
    return code;
}

} // namespace tidemark
