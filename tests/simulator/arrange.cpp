#include "simulator/arrange.hpp"

#include "simulator/hash.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace simulator {

void arrange(std::vector<std::size_t>& numbers, std::size_t count, Order order,
             std::uint64_t seed) {
    numbers.resize(count);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    if (order == Order::newest) std::ranges::reverse(numbers);
    if (order != Order::none) return;
    for (std::size_t i = count; i > 1; --i) {
        std::swap(numbers[i - 1], numbers[below(hash_of(seed, i), i)]);
    }
}

} // namespace simulator
