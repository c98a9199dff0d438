#include "attribution/source_ladder.hpp"

#include <fmt/format.h>

namespace tidemark {

SourceLadder::SourceLadder(const AttributionConfig& config)
    : m_explicit(config.sources.begin(), config.sources.end()) {
    for (const ConventionConfig& convention : config.conventions) {
        m_conventions.push_back(
            {Pattern{convention.pattern}, fmt::format("convention '{}'", convention.pattern)});
    }
}

SourceOfTask SourceLadder::source_of(std::string_view task, std::optional<std::string_view> said) {
    constexpr std::size_t most_remembered = 10'000;
    const auto configured = m_explicit.find(task);
    if (configured != m_explicit.end()) return {configured->second, "explicit"};
    if (said && !said->empty()) return {std::string{*said}, "message"};
    const auto known = m_remembered.find(task);
    if (known != m_remembered.end()) return known->second;
    if (m_remembered.size() >= most_remembered) m_remembered.clear();
    return m_remembered.emplace(task, by_convention(task)).first->second;
}

SourceOfTask SourceLadder::by_convention(std::string_view task) const {
    for (const Convention& convention : m_conventions) {
        const auto found = convention.pattern.find(task);
        if (found && !found->source.empty()) {
            return {std::string{found->source}, convention.attributed_by};
        }
    }
    return {std::nullopt, "none"};
}

} // namespace tidemark
