#include "simulator/encoding.hpp"

#include "simulator/gzip.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace simulator {
namespace {

std::string header(const Request& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? "" : found->second;
}

bool is_encoded(const Reply& reply) {
    return std::ranges::any_of(reply.headers,
                               [](const auto& h) { return h.first == "Content-Encoding"; });
}

Reply validated(Reply reply, const Request& request) {
    const std::string etag = fmt::format("\"{:016x}\"", hash_of_body(reply.body));
    if (header(request, "if-none-match") == etag) {
        reply.status = 304;
        reply.body = text_body("");
    }
    reply.headers.emplace_back("ETag", etag);
    return reply;
}

Reply compressed(Reply reply) {
    reply.body = gzipped(std::move(reply.body));
    reply.headers.emplace_back("Content-Encoding", "gzip");
    return reply;
}

} // namespace

Reply encoded(Reply reply, const Request& request, const ServerOptions& options) {
    if (reply.status != 200 || is_encoded(reply)) return reply;
    if (options.etag && request.method == "GET") reply = validated(std::move(reply), request);
    const bool accepts = header(request, "accept-encoding").find("gzip") != std::string::npos;
    if (options.gzip && accepts && reply.status == 200) return compressed(std::move(reply));
    return reply;
}

} // namespace simulator
