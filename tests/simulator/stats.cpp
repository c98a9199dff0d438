#include "simulator/stats.hpp"

#include "simulator/json_string.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace simulator {

void Stats::begin(const std::string& method, const std::string& path, bool with_key) {
    const std::lock_guard lock{m_mutex};
    ++m_requests;
    if (with_key) ++m_with_key;
    if (method == "POST") ++m_posts;
    m_max_concurrent = std::max(m_max_concurrent, ++m_concurrent);
    ++m_paths[path];
}

void Stats::end() {
    const std::lock_guard lock{m_mutex};
    --m_concurrent;
}

void Stats::sent(std::uint64_t bytes) {
    const std::lock_guard lock{m_mutex};
    m_bytes += bytes;
}

void Stats::reset() {
    const std::lock_guard lock{m_mutex};
    m_requests = m_with_key = m_posts = m_bytes = 0;
    m_max_concurrent = m_concurrent;
    m_paths.clear();
}

std::string Stats::to_json() const {
    const std::lock_guard lock{m_mutex};
    std::string paths;
    for (const auto& [path, count] : m_paths) {
        paths += fmt::format("{}\"{}\":{}", paths.empty() ? "" : ",", json_escaped(path), count);
    }
    return fmt::format("{{\"requests\":{},\"bytes_sent\":{},\"posts\":{},\"with_key\":{},"
                       "\"concurrent\":{},\"max_concurrent\":{},\"paths\":{{{}}}}}\n",
                       m_requests, m_bytes, m_posts, m_with_key, m_concurrent, m_max_concurrent,
                       paths);
}

} // namespace simulator
