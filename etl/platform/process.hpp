#pragma once

#include <filesystem>
#include <string_view>

namespace tidemark {
/// From now on a crash of this process writes no core file, which would contain the API key. No
/// effect on systems without core files.
void forbid_core_file();

/// Opens `/dev/null` for each of the descriptors 0 to 2 that is closed. Otherwise a file or socket
/// that is opened later could get one of these numbers, and receive output that is meant for the
/// terminal. Printing to a closed standard output still fails.
void open_standard_streams();

/// Ends the program as SIGPIPE does when the reader of the standard output has closed it: `head`,
/// for example, closes its input when it has enough lines, and expects no message. No effect on
/// Windows.
void end_if_reader_is_gone();

/// The path of the running program, with symbolic links resolved.
std::filesystem::path program_path();

/// Writes to stderr. An error of writing is ignored.
void write_stderr(std::string_view text);

/// From now on printing to the standard output throws when it fails.
void watch_stdout();

/// Flushes the standard output. Throws Error when that fails (the disk is full, for example), so
/// that lost output never looks like success. Calls `end_if_reader_is_gone` before it throws.
void flush_stdout();

} // namespace tidemark
