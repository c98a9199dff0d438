#pragma once

#include "learning/message_tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// Messages that differ only in numbers, times, ids and paths.
struct AlikeMessages {
    std::string example;       ///< the first message, cut at `masked_bytes`
    std::vector<Token> tokens; ///< of the example
    std::vector<std::set<std::string>>
        forms; ///< by token: the forms of a variable part, see form_of
    std::int64_t lines = 0;
};

/// The place of a name in a message: the tokens from `begin` to before `end`.
struct NamePlace {
    std::size_t message = 0; ///< index of the message
    std::size_t begin = 0;
    std::size_t end = 0;
    auto operator<=>(const NamePlace&) const = default;
};

/// Names that occur in the same places, in more than one kind of message.
struct NameFamily {
    std::set<std::string> names;
    std::vector<NamePlace> places; ///< at most one per message, ascending
};

/// Finds names by evidence: when messages differ in one place, the text there is a name if it also
/// occurs in another kind of message. Of several possible bounds, those count that give most names.
/// Bounds are never within quotes or brackets, or next to a dash or another sign that joins words.
/// The order of the messages does not matter. Returns the families with most lines first.
std::vector<NameFamily> find_names(const std::vector<AlikeMessages>& messages,
                                   const std::vector<std::string>& failure_words);

/// The text of tokens.
std::string text_of(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

/// The place of the longest of these names in a message, at the bounds of tokens; an empty place
/// when the message contains none.
NamePlace place_of_name(const AlikeMessages& message, const std::set<std::string>& names);

} // namespace tidemark
