#pragma once

namespace tidemark {

/// The exit codes of the program; documented in the README.
enum class ExitCode {
    ok = 0,
    failed = 1,  ///< the source or the warehouse failed; run it again, nothing is half-written
    usage = 2,   ///< command line or configuration
    partial = 3, ///< done in part
    held = 4,    ///< another sync holds this warehouse
};

} // namespace tidemark
