#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// A group of similar messages, as `tidemark messages` lists them.
struct MessageGroup {
    std::string pattern; ///< the words that its masks share, with `<*>` for all others
    std::vector<MessageShapeRow> shapes; ///< the most frequent first; `rule` is today's
    std::vector<std::string> jobs;       ///< that log these messages, the one with most lines first
    MessageShapeRow
        sum; ///< of the shapes: lines, first and last moment, worst severity, an example
    std::vector<std::string> rules; ///< that match the examples

    /// The key of the most frequent shape, in the format of `shape_name`.
    [[nodiscard]] std::string name() const;
};

/// The groups of an organisation's stored messages, those with most lines first. The rules are
/// those of the current configuration. `unmatched`: only messages that no rule matches.
std::vector<MessageGroup> message_groups(Warehouse& warehouse, const Config& config,
                                         bool unmatched);

/// The form of a shape's key that `tidemark messages` prints: the first of its 16 hexadecimal
/// digits.
std::string shape_name(std::int64_t shape_key);

/// A shape and its group.
struct FoundShape {
    MessageShapeRow shape;
    MessageGroup group;
};

/// The shape whose key begins with these hexadecimal digits. Throws ConfigError when there is none,
/// or more than one.
FoundShape find_shape(Warehouse& warehouse, const Config& config, std::string_view digits);

} // namespace tidemark
