#pragma once

#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark::test {

/// Every row of the history as text, sorted: surrogate keys replaced by what they stand for,
/// moments of syncs by whether they are there, and the sync log left out. Two warehouses of one
/// kind that hold the same history have the same, whatever their syncs went through. Records that
/// were rejected are told only `with_rejections`: they stay when what they hold was loaded after
/// all.
std::vector<std::string> neutral_rows(Warehouse& warehouse, bool with_rejections = true);

/// How two sorted lists of rows differ.
struct RowDifference {
    std::vector<std::string> lost;    ///< expected, and not there
    std::vector<std::string> doubled; ///< there, and not expected
    [[nodiscard]] bool none() const { return lost.empty() && doubled.empty(); }
};

RowDifference difference(const std::vector<std::string>& expected,
                         const std::vector<std::string>& found);

} // namespace tidemark::test
