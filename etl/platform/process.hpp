#pragma once

#include <filesystem>
#include <string_view>

namespace tidemark {
/// From now on a crash of this process leaves no core file, which would hold the API key. Without
/// effect where there are none.
void forbid_core_file();

/// Opens `/dev/null` in the place of each of the descriptors 0 to 2 that is closed: a file or a
/// socket that is opened later would get its number, and what is meant for the terminal with it.
/// What is printed to a standard output that was closed still fails.
void open_standard_streams();

/// Ends the program as SIGPIPE does when the reader of the standard output is gone: somebody who
/// has read enough, such as `head`, wants no message. Without effect on Windows.
void end_if_reader_is_gone();

/// Where this program stands, links followed.
std::filesystem::path program_path();

/// Writes to stderr. What cannot be written there is dropped: it is no reason to stop.
void write_stderr(std::string_view text);

/// From now on printing throws as soon as the standard output takes no more.
void watch_stdout();

/// Sends on its way what was printed. Throws Error when it does not arrive (a full disk, say): that
/// must not look like success. Before that `end_if_reader_is_gone` has its say.
void flush_stdout();

} // namespace tidemark
