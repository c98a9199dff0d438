#include "simulator/call.hpp"

#include <vector>

namespace simulator {
namespace {

std::vector<std::string> segments(std::string_view path) {
    std::vector<std::string> found;
    while (!path.empty()) {
        path.remove_prefix(1);
        found.emplace_back(path.substr(0, path.find('/')));
        path.remove_prefix(found.back().size());
    }
    return found;
}

Call read_get(const std::vector<std::string>& path) {
    const std::string last = path.size() == 5 ? path[3] : path.back();
    if (path.size() == 2) return {CallKind::jobs};
    if (path.size() == 3 && last == "status") return {CallKind::statuses};
    if (path.size() == 4 && last == "status") return {CallKind::status, path[2]};
    if (path.size() == 4 && last == "logs") return {CallKind::logs, path[2]};
    if (path.size() == 5 && last == "logs") return {CallKind::logs, path[2], path[4]};
    return {};
}

} // namespace

Call read_call(std::string_view method, std::string_view path) {
    if (!path.starts_with("/public/jobs")) return {};
    const auto parts = segments(path);
    if (parts.size() < 2 || parts[1] != "jobs") return {};
    if (method == "GET" || method == "HEAD") return read_get(parts);
    if (method == "POST" && parts.size() == 4 && parts[3] == "execute") {
        return {CallKind::execute, parts[2]};
    }
    return {};
}

} // namespace simulator
