#include "platform/event_log.hpp"

namespace tidemark {

bool has_event_log() { return false; }

std::optional<std::string> write_event(std::string_view /*text*/, int /*id*/) {
    return "this system has none";
}

} // namespace tidemark
