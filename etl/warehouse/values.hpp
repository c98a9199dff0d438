#pragma once

#include "model/execution.hpp"
#include "model/guid.hpp"
#include "model/time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <variant>
#include <vector>

namespace tidemark {

/// A value that was read. Moments and days are texts in the format of the database.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

/// A value as text; "" for null.
std::string to_text(const Value& value);

/// A text of fixed width without an allocation, because a load makes millions of them.
template <std::size_t Width> struct FixedText {
    std::array<char, Width> chars;

    [[nodiscard]] std::string_view view() const { return {chars.data(), Width}; }
};

/// The same texts as those of `to_text`. Throws Error for a moment outside of the years 1 to 9999,
/// because its text would be wider, and the order of text would not be the order of time.
FixedText<36> text_form(const Guid& guid);
FixedText<26> text_form(Timestamp moment);
FixedText<26> text_form(LocalTime shown);
FixedText<10> text_form(Date day);

/// The moment, or the nearest one within the years 1 to 9999. Stored moments are never outside, but
/// the bound of a search can be.
Timestamp search_bound(Timestamp moment);

/// The rows of a batch, without those whose key occurs again later, in order.
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

/// The milliseconds between two moments for a column `duration_ms`, rounded down. nullopt when one
/// of them is missing, or when the end is before the start.
inline std::optional<std::int64_t> milliseconds_between(std::optional<Timestamp> from,
                                                        std::optional<Timestamp> to) {
    if (!from || !to || *to < *from) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from).count();
}

/// The duration of an execution; null also when its start or its end is implausible.
inline std::optional<std::int64_t> duration_ms(const Execution& execution) {
    if (!execution.is_plausible(execution.created_at)) return std::nullopt;
    if (execution.ended_at && !execution.is_plausible(*execution.ended_at)) return std::nullopt;
    return milliseconds_between(execution.created_at, execution.ended_at);
}

} // namespace tidemark
