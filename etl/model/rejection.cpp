#include "model/rejection.hpp"

#include <fmt/format.h>

namespace tidemark {

bool RejectionTally::admit(std::uint64_t content_hash) {
    if (holds(content_hash)) return false;
    if (m_kept.size() < m_most_kept) return m_kept.insert(content_hash).second;
    ++m_beyond;
    m_beyond_sum += content_hash;
    return false;
}

void RejectionTally::add_beyond(const RejectionTally& other) {
    m_beyond += other.m_beyond;
    m_beyond_sum += other.m_beyond_sum;
}

std::optional<std::string> RejectionTally::beyond_digest() const {
    if (m_beyond == 0) return std::nullopt;
    return fmt::format("{} {:016x}", m_beyond, m_beyond_sum);
}

} // namespace tidemark
