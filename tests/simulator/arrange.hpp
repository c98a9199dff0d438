#pragma once

#include "simulator/options.hpp"

#include <cstdint>
#include <vector>

namespace simulator {

/// The numbers 0 to `count` - 1 in the order in which to show things that are known oldest first;
/// without any order they are shuffled, always in the same way for the same `seed`.
void arrange(std::vector<std::size_t>& numbers, std::size_t count, Order order, std::uint64_t seed);

} // namespace simulator
