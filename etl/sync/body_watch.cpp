#include "sync/body_watch.hpp"

namespace tidemark {

bool BodyWatch::see(const Guid& id, Timestamp created_at) {
    if (m_last) {
        m_rises = m_rises || created_at > *m_last;
        m_falls = m_falls || created_at < *m_last;
    }
    m_last = created_at;
    if (!m_rule || m_rises) return false;
    see(id);
    return m_rule->must_be_seen.empty() && created_at < m_rule->before;
}

void BodyWatch::see(const Guid& id) {
    if (m_rule) m_rule->must_be_seen.erase(id);
}

std::optional<BodyOrder> BodyWatch::order() const {
    if (m_rises && m_falls) return BodyOrder::none;
    if (m_falls) return BodyOrder::newest_first;
    if (m_rises) return BodyOrder::oldest_first;
    return std::nullopt;
}

} // namespace tidemark
