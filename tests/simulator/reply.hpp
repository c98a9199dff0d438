#pragma once

#include "simulator/body.hpp"
#include "simulator/options.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace simulator {

/// What a client asks.
struct Request {
    std::string method;
    std::string path;
    std::map<std::string, std::string> params;  ///< decoded
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// What happens when all bytes of a body are out.
enum class Ending {
    proper,
    cut,   ///< the connection is closed although more was promised
    reset, ///< the connection is reset
    stall, ///< nothing happens any more, until the client leaves
};

// Not plain application/json, which httplib compresses of its own accord; and it is what ASP.NET
// sends.
constexpr auto json_type = "application/json; charset=utf-8";

/// What it is told, and how.
struct Reply {
    int status = 200;
    std::string type = json_type;
    std::vector<std::pair<std::string, std::string>> headers;
    Body body = text_body("");
    Framing framing = Framing::length;
    Ending ending = Ending::proper;
    std::uint64_t missing = 0; ///< bytes that Content-Length promises over those of the body
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds pace{0}; ///< before each next `step` bytes of the body
    std::size_t step = 1;
};

/// A small answer, whole.
Reply json_reply(std::string text, int status = 200);

/// `{"message":"…"}`.
Reply message_reply(int status, const std::string& message);

} // namespace simulator
