#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace tidemark {

/// The rows of a batch without those whose key comes again further on, in their order.
template <typename Row, typename KeyOf>
std::vector<const Row*> last_of_each(const std::vector<Row>& rows, KeyOf key_of) {
    using RowKey = std::decay_t<std::invoke_result_t<KeyOf, const Row&>>;
    std::unordered_map<RowKey, std::size_t> last;
    for (std::size_t i = 0; i < rows.size(); ++i)
        last[std::invoke(key_of, rows[i])] = i;
    std::vector<const Row*> kept;
    kept.reserve(last.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (last[std::invoke(key_of, rows[i])] == i) kept.push_back(&rows[i]);
    }
    return kept;
}

} // namespace tidemark
