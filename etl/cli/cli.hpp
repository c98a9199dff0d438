#pragma once

namespace tidemark {

/// The program: parses the command line and runs one sub-command. An exception becomes one line on
/// stderr and an exit code (`ExitCode`, or 128 + signal).
int run(int argc, char** argv);

} // namespace tidemark
