#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// Messages that differ in little, taken together: what `tidemark messages` lists.
struct MessageGroup {
    std::string pattern;                 ///< the words that its masks share, `<*>` elsewhere
    std::vector<MessageShapeRow> shapes; ///< the most frequent first; `rule` is today's
    std::vector<std::string> jobs;       ///< that log them, the one with most lines first
    MessageShapeRow sum;                 ///< of the shapes: lines, moments, severity, example
    std::vector<std::string> rules;      ///< that match the examples, each once

    /// The key of the most frequent shape, for people.
    [[nodiscard]] std::string name() const;
};

/// The groups of an organisation's stored messages, those with most lines first. The rules are
/// those of the configuration, whatever held when the lines were stored. `unmatched`: only of
/// messages that no rule knows.
std::vector<MessageGroup> message_groups(Warehouse& warehouse, const Config& config,
                                         bool unmatched);

/// A shape's key as `tidemark messages` prints it: the first digits of 16 in hexadecimal.
std::string shape_name(std::int64_t shape_key);

/// A shape and the group that it is in.
struct FoundShape {
    MessageShapeRow shape;
    MessageGroup group;
};

/// The shape whose key begins with these hexadecimal digits. Throws ConfigError when there is none,
/// or more than one.
FoundShape find_shape(Warehouse& warehouse, const Config& config, std::string_view digits);

} // namespace tidemark
