#pragma once

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

} // namespace tidemark
