#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// A piece of a message: text that stays, or a part that varies.
struct MessagePiece {
    enum class Kind {
        text,   ///< a word, or a part of one
        space,  ///< white space between words
        name,   ///< in quotes or brackets, which are in it
        number, ///< or a time, a guid
        path,
        other, ///< a word that differs within the message's group
        task,  ///< what of the above was found to be the task's name
        rows,  ///< the number of rows
        error, ///< all that is left of the message
    };
    Kind kind = Kind::text;
    std::string_view text;
};

/// A message cut into pieces, without gaps. A word at which `group_pattern` has a wildcard is one
/// piece. The views point into the message.
std::vector<MessagePiece> pieces_of(std::string_view message, std::string_view group_pattern);

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
