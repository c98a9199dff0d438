#include "attribution/pattern.hpp"

#include "attribution/attribution.hpp"
#include "error.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <vector>

namespace tidemark {
namespace {

re2::RE2::Options quiet() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return options;
}

/// The index of a named group; 0 when the pattern has none.
std::size_t group_index(const re2::RE2& regex, const char* name) {
    const auto& groups = regex.NamedCapturingGroups();
    const auto found = groups.find(name);
    return found == groups.end() ? 0 : static_cast<std::size_t>(found->second);
}

} // namespace

struct Pattern::Compiled {
    explicit Compiled(const std::string& pattern) : regex(pattern, quiet()) {}

    re2::RE2 regex;
    std::size_t task = group_index(regex, "task");
    std::size_t rows = group_index(regex, "rows");
    std::size_t error = group_index(regex, "error");
    std::size_t source = group_index(regex, "source");
    std::size_t seconds = group_index(regex, "seconds");

    /// Filled by each match: as many as it takes to reach those five.
    std::vector<re2::StringPiece> pieces =
        std::vector<re2::StringPiece>(std::max({task, rows, error, source, seconds}) + 1);

    [[nodiscard]] std::string_view captured(std::size_t group) const {
        if (group == 0) return {};
        return {pieces[group].data(), pieces[group].size()};
    }
};

Pattern::Pattern(const std::string& pattern) {
    if (const auto error = pattern_error(pattern)) {
        throw ConfigError(fmt::format("pattern '{}' is refused by RE2: {}", pattern, *error));
    }
    m_compiled = std::make_unique<Compiled>(pattern);
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;

std::optional<Captures> Pattern::find(std::string_view text) const {
    auto& [regex, task, rows, error, source, seconds, pieces] = *m_compiled;
    const bool found = regex.Match({text.data(), text.size()}, 0, text.size(), re2::RE2::UNANCHORED,
                                   pieces.data(), static_cast<int>(pieces.size()));
    if (!found) return std::nullopt;
    return Captures{m_compiled->captured(task), m_compiled->captured(rows),
                    m_compiled->captured(error), m_compiled->captured(source),
                    m_compiled->captured(seconds)};
}

std::optional<std::string> pattern_error(const std::string& pattern) {
    const re2::RE2 regex{pattern, quiet()};
    if (regex.ok()) return std::nullopt;
    return regex.error();
}

std::vector<std::string> pattern_groups(const std::string& pattern) {
    const re2::RE2 regex{pattern, quiet()};
    std::vector<std::string> names;
    if (!regex.ok()) return names;
    for (const auto& [index, name] : regex.CapturingGroupNames())
        names.push_back(name);
    return names;
}

} // namespace tidemark
