#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace tidemark {

/// A pattern that finds the data source in the names of tasks, and what it makes of them.
struct ProposedConvention {
    std::string pattern; ///< RE2, with the group `source`
    std::size_t tasks = 0;
    std::size_t of = 0; ///< so many that were tried
    std::set<std::string> sources;
};

/// The convention by which most names tell a source: what stands before " - ", "_", ":", "[" or
/// another sign, or behind it where only the manner of loading stands before. nullopt where no
/// sign stands in half of the names with at least two sources. Each sign is tried; several tasks
/// of one source, and the same ends under several sources, speak for it.
std::optional<ProposedConvention> propose_convention(const std::set<std::string>& names);

} // namespace tidemark
