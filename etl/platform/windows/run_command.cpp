#include "platform/run_command.hpp"

namespace tidemark {

std::optional<std::string> run_command(const std::string& /*command*/, const std::string& /*input*/,
                                       std::chrono::seconds /*patience*/,
                                       const std::string& /*without*/) {
    return "commands are not run on Windows";
}

} // namespace tidemark
