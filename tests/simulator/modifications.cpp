#include "simulator/modifications.hpp"

#include <date/date.h>

namespace simulator {
namespace {

std::string http_date(Moment moment) {
    return date::format("%a, %d %b %Y %T GMT", std::chrono::floor<std::chrono::seconds>(moment));
}

} // namespace

Reply Modifications::dated(Reply reply, const Request& request, Moment now) {
    if (reply.status != 200 || request.method != "GET") return reply;
    const std::uint64_t hash = hash_of_body(reply.body);
    const auto [version, is_new] = m_versions.try_emplace(request.path, Version{hash, now});
    if (!is_new && version->second.hash != hash) version->second = {hash, now};
    const std::string modified = http_date(version->second.since);
    const auto asked = request.headers.find("if-modified-since");
    if (asked != request.headers.end() && asked->second == modified) {
        reply.status = 304;
        reply.body = text_body("");
    }
    reply.headers.emplace_back("Last-Modified", modified);
    reply.headers.emplace_back("Date", http_date(now));
    return reply;
}

} // namespace simulator
