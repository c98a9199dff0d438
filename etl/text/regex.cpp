#include "text/regex.hpp"

#include "error.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <vector>

namespace tidemark {
namespace {

constexpr std::size_t most_bytes = 32768;
constexpr int most_groups = 100;

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

/// `\C` takes a single byte. Within `\Q…\E` it is text.
bool cuts_characters(std::string_view pattern) {
    for (std::size_t at = pattern.find('\\'); at != std::string_view::npos;
         at = pattern.find('\\', at + 2)) {
        const std::string_view escape = pattern.substr(at, 2);
        if (escape == "\\C") return true;
        if (escape != "\\Q") continue;
        at = pattern.find("\\E", at);
        if (at == std::string_view::npos) return false;
    }
    return false;
}

std::optional<std::string> name_given_twice(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return std::nullopt;
    return *twice;
}

/// What RE2 says, and what to write instead of what other dialects have.
std::string refusal(const std::string& words) {
    const auto says = [&words](std::string_view part) { return words.ends_with(part); };
    std::string advice;
    if (says("(?=") || says("(?!") || says("(?<=") || says("(?<!"))
        advice = "; it cannot look ahead or behind";
    else if (says("(?<"))
        advice = "; a group with a name is written (?P<name>…), and nothing can look behind";
    return fmt::format("is refused by RE2: {}{}", tidemark::quoted(words, 200), advice);
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
        throw ConfigError(fmt::format("pattern {} {}", tidemark::quoted(pattern), *error));
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

struct PatternSet::Compiled {
    static re2::RE2::Options roomy() {
        re2::RE2::Options options = quiet();
        options.set_max_mem(std::int64_t{64} << 20);
        return options;
    }

    re2::RE2::Set set{roomy(), re2::RE2::UNANCHORED};
    bool usable = false;
    std::vector<int> found;
};

PatternSet::PatternSet(const std::vector<std::string>& patterns)
    : m_compiled(std::make_unique<Compiled>()) {
    for (const std::string& pattern : patterns)
        m_compiled->set.Add(pattern, nullptr);
    m_compiled->usable = m_compiled->set.Compile();
}

PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;

const std::vector<int>* PatternSet::matching(std::string_view text) const {
    auto& [set, usable, found] = *m_compiled;
    if (!usable) return nullptr;
    found.clear();
    re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
    const bool any = set.Match({text.data(), text.size()}, &found, &error);
    if (!any && error.kind != re2::RE2::Set::kNoError) return nullptr;
    std::sort(found.begin(), found.end());
    return &found;
}

std::optional<std::string> pattern_error(const std::string& pattern) {
    if (pattern.size() > most_bytes) return fmt::format("is longer than {} bytes", most_bytes);
    if (cuts_characters(pattern)) return "uses '\\C', which cuts a character in two; write '.'";
    const re2::RE2 regex{pattern, quiet()};
    if (!regex.ok()) return refusal(regex.error());
    if (regex.NumberOfCapturingGroups() > most_groups) {
        return fmt::format("has more than {} groups; write (?:…) for those without a name",
                           most_groups);
    }
    if (const auto name = name_given_twice(pattern_groups(pattern))) {
        return fmt::format("names the group '{}' twice, of which only one would count; write a "
                           "rule for each wording",
                           *name);
    }
    return std::nullopt;
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
