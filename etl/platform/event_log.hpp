#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Whether this system has an event log: Windows alone.
bool has_event_log();

/// Writes an error of the source `Tidemark` into the event log `Application`, with this event id
/// (from 1 to 1000). A text that is too long for one entry is cut. Returns why that failed; nullopt
/// on success.
std::optional<std::string> write_event(std::string_view text, int id);

} // namespace tidemark
