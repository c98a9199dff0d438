#include "simulator/reply.hpp"

#include "simulator/json_string.hpp"

#include <fmt/format.h>

namespace simulator {

Reply json_reply(std::string text, int status) {
    Reply reply;
    reply.status = status;
    reply.body = text_body(std::move(text));
    return reply;
}

Reply message_reply(int status, const std::string& message) {
    return json_reply(fmt::format("{{\"message\":\"{}\"}}", json_escaped(message)), status);
}

} // namespace simulator
