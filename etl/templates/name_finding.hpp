#pragma once

#include "templates/message_tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// Messages that are alike but for their numbers, times, ids and paths.
struct AlikeMessages {
    std::string example;       ///< the first of them, at most as long as a mask looks at
    std::vector<Token> tokens; ///< of the example
    std::vector<std::set<std::string>>
        forms; ///< by token: how what varies was written, see form_of
    std::int64_t lines = 0;
};

/// Where a name stands in a message: tokens from `begin` to before `end`.
struct NamePlace {
    std::size_t message = 0; ///< in the list that was given
    std::size_t begin = 0;
    std::size_t end = 0;
    auto operator<=>(const NamePlace&) const = default;
};

/// Names that vary in the same places, and recur from one kind of message to another.
struct NameFamily {
    std::set<std::string> names;
    std::vector<NamePlace> places; ///< at most one per message, ascending
};

/// Finds names by evidence: of messages that differ in one place, what stands there is a name when
/// it stands in another kind of message too. Of several cuts the one that makes most names of one
/// kind counts; a cut does not end within quotes or brackets, nor beside a dash or another sign
/// that joins words. Pure; the order of the messages does not matter. Families with most lines
/// first.
std::vector<NameFamily> find_names(const std::vector<AlikeMessages>& messages,
                                   const std::vector<std::string>& failure_words);

/// The text of tokens.
std::string text_of(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

/// The place of the longest of these names in a message that is cut where tokens are; a place of
/// no tokens when none stands there.
NamePlace place_of_name(const AlikeMessages& message, const std::set<std::string>& names);

} // namespace tidemark
