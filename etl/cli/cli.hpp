#pragma once

namespace tidemark {

/// The program: reads the command line, runs one sub-command, and turns what it throws into one
/// line on stderr and an exit code (`ExitCode`, or 128 + signal).
int run(int argc, char** argv);

} // namespace tidemark
