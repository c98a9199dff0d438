#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <vector>

namespace tidemark::loghub {

/// A log whose lines somebody sorted by hand, in the layout of LogHub's sets of 2,000 lines.
struct LabelledSet {
    std::string name;
    std::vector<std::string> messages;
    std::vector<std::string> events; ///< of each message, the id of the event that it tells of
};

/// Reads the columns `Content` and `EventId` of a file with a head line and values separated by
/// commas. Throws std::runtime_error when one is missing.
LabelledSet read_set(std::string name, std::istream& csv);

/// The sets `NAME/NAME_2k.log_structured.csv` of a folder, by name.
std::vector<LabelledSet> read_sets(const std::filesystem::path& folder);

} // namespace tidemark::loghub
