#include "learning/source_conventions.hpp"

#include "attribution/data_source_resolver.hpp"
#include "learning/rule_writing.hpp"
#include "learning/vocabulary.hpp"
#include "text/regex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

namespace tidemark {
namespace {

struct Candidate {
    std::string_view pattern;
    bool fits_loosely; ///< a sign that many a name holds for another reason
};

/// The plainest first: of equally good ones it is taken.
constexpr std::array<Candidate, 15> candidates = {{{"^(?P<source>.+?) - ", false},
                                                   {"^(?P<source>[^:]+?) ?: ?", false},
                                                   {R"(^(?P<source>[^\[]+?) ?\[)", false},
                                                   {R"(^(?P<source>.+?) \| )", false},
                                                   {"^(?P<source>.+?) [–—] ", false},
                                                   {"^(?P<source>.+?)(?:->|=>|→)", false},
                                                   {"^(?P<source>[^/]+?) ?/ ?", false},
                                                   {R"(^(?P<source>[^(]+?) ?\()", false},
                                                   {"^(?P<source>.+?)_", true},
                                                   {"^(?P<source>.+)_", true},
                                                   {R"(^(?P<source>[^.]+)\.)", true},
                                                   {"^.+ - (?P<source>.+)$", false},
                                                   {R"(\[(?P<source>[^\]]+)\]$)", false},
                                                   {R"(\((?P<source>[^)]+)\)$)", false},
                                                   {"_(?P<source>[^_]+)$", true}}};

bool has_only_manner_words(std::string_view text) {
    const auto words = words_of(text);
    return !words.empty() && std::all_of(words.begin(), words.end(),
                                         [](const auto& word) { return is_manner_word(word); });
}

/// What a candidate makes of the names.
struct ConventionFit {
    ProposedConvention proposed;
    std::size_t ends = 0;   ///< what else the names say, each once
    std::size_t shared = 0; ///< sources of more than one task
    bool manners = false;   ///< it takes how for from where
};

ConventionFit fit_of(const Candidate& candidate, const std::set<std::string>& names) {
    ConventionFit fit{.proposed = {.pattern = std::string{candidate.pattern}, .of = names.size()}};
    const Pattern pattern{fit.proposed.pattern};
    std::map<std::string, std::size_t> tasks;
    std::set<std::string> ends;
    for (const std::string& name : names) {
        const auto found = pattern.find(name);
        if (!found || found->source.empty()) continue;
        ++fit.proposed.tasks;
        ++tasks[std::string{found->source}];
        const auto at = static_cast<std::size_t>(found->source.data() - name.data());
        ends.insert(name.substr(0, at) + name.substr(at + found->source.size()));
    }
    std::size_t manners = 0;
    for (const auto& [source, count] : tasks) {
        fit.proposed.sources.insert(source);
        if (count > 1) ++fit.shared;
        if (has_only_manner_words(source)) ++manners;
    }
    fit.ends = ends.size();
    fit.manners = manners * 2 > tasks.size();
    return fit;
}

bool is_convincing(const Candidate& candidate, const ConventionFit& fit) {
    const auto& proposed = fit.proposed;
    if (fit.manners || proposed.sources.size() < 2) return false;
    const bool recurs = fit.shared > 0 || fit.ends < proposed.tasks;
    if (!candidate.fits_loosely)
        return proposed.tasks * 2 >= proposed.of && (recurs || proposed.tasks >= 3);
    return recurs && proposed.tasks * 10 >= proposed.of * 6;
}

/// Where a sign also stands behind how a task loads (`Load_GL`), the sources are written out.
ProposedConvention without_manner_words(ProposedConvention proposed) {
    if (std::none_of(proposed.sources.begin(), proposed.sources.end(), has_only_manner_words))
        return proposed;
    std::vector<std::string> alternatives;
    for (const std::string& source : proposed.sources)
        if (!has_only_manner_words(source)) alternatives.push_back(literal(source));
    std::sort(alternatives.begin(), alternatives.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    const std::size_t begin = proposed.pattern.find("(?P<source>") + 11;
    const std::size_t end = proposed.pattern.find(')', begin);
    proposed.pattern.replace(begin, end - begin, fmt::format("{}", fmt::join(alternatives, "|")));
    std::erase_if(proposed.sources, has_only_manner_words);
    return proposed;
}

/// More tasks are better; then fewer sources and ends together, for these recur.
bool is_better(const ConventionFit& fit, const ConventionFit& than) {
    if (fit.proposed.tasks != than.proposed.tasks) return fit.proposed.tasks > than.proposed.tasks;
    return fit.proposed.sources.size() + fit.ends < than.proposed.sources.size() + than.ends;
}

} // namespace

std::optional<ProposedConvention> propose_convention(const std::set<std::string>& names) {
    std::optional<ConventionFit> best;
    for (const Candidate& candidate : candidates) {
        ConventionFit fit = fit_of(candidate, names);
        if (!is_convincing(candidate, fit)) continue;
        if (!best || is_better(fit, *best)) best = std::move(fit);
    }
    if (!best) return std::nullopt;
    return without_manner_words(best->proposed);
}

} // namespace tidemark
