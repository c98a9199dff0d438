#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace simulator {

/// What the API was asked for so far. Any thread.
class Stats {
public:
    /// A request to the API came in, and is under way until `end`.
    void begin(const std::string& method, const std::string& path, bool with_key);
    void end();
    void sent(std::uint64_t bytes);
    void reset();

    /// As a JSON object.
    [[nodiscard]] std::string to_json() const;

private:
    mutable std::mutex m_mutex;
    std::uint64_t m_requests = 0;
    std::uint64_t m_with_key = 0;
    std::uint64_t m_posts = 0;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_concurrent = 0;
    std::uint64_t m_max_concurrent = 0;
    std::map<std::string, std::uint64_t> m_paths;
};

} // namespace simulator
