#include "sync/keeping.hpp"

#include "error.hpp"

namespace tidemark {

template <typename Work> void BodyKeeper::attempt(Work work) {
    if (m_problem) return;
    try {
        work();
    } catch (const Interrupted&) {
        throw;
    } catch (const std::exception& error) {
        m_problem = error.what();
        m_body.reset();
    }
}

BodyKeeper::BodyKeeper(Archive& archive, const Guid& job, Timestamp now) {
    attempt([&] { m_body.emplace(archive, job, now); });
}

void BodyKeeper::keep(const std::optional<Guid>& id, std::string_view json) {
    attempt([&] { m_body->keep(id, json); });
}

bool BodyKeeper::flush() {
    attempt([&] { m_body->flush(); });
    return !m_problem;
}

std::optional<std::string> BodyKeeper::end(bool whole) {
    std::optional<std::string> mark;
    attempt([&] { mark = m_body->end(whole); });
    return mark;
}

} // namespace tidemark
