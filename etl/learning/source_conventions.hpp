#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace tidemark {

/// A pattern that finds the data source in the names of tasks, and its results.
struct ProposedConvention {
    std::string pattern; ///< RE2, with the group `source`
    std::size_t tasks = 0;
    std::size_t of = 0; ///< number of names that were tried
    std::set<std::string> sources;
};

/// The convention that finds a source in most names: the text before " - ", "_", ":", "[" or
/// another sign, or the text after it when the text before only says how a task loads (`Full`,
/// `Incremental`). nullopt when no sign occurs in half of the names and gives at least two sources.
/// All signs are tried; sources with several tasks, and equal endings under several sources, count
/// in favour of a sign.
std::optional<ProposedConvention> propose_convention(const std::set<std::string>& names);

} // namespace tidemark
