#pragma once

#include "learning/message_tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The bounds of names in messages. A span of tokens has its `begin` and excludes its `end`.
namespace tidemark {

using TokenSpan = std::pair<std::size_t, std::size_t>;

/// The longest name, in tokens.
constexpr std::size_t longest_name_tokens = 40;

/// The content of the innermost quotes or brackets that open before `begin` and close at `end` or
/// later: `A - Full` for `task 'A - |Full|' done`. Of quotes with one form for both sides every
/// second one closes. An apostrophe within or after a word is no quote.
std::optional<TokenSpan> enclosure(const std::vector<Token>& tokens, std::size_t begin,
                                   std::size_t end);

/// The contents of all pairs of quotes or brackets.
std::vector<TokenSpan> enclosed_parts(const std::vector<Token>& tokens);

/// Whether a span can be a name: it contains a word, is on one line, and does not begin or end
/// within quotes or brackets.
bool can_be_name(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

/// The begin of the name when signs such as a dash join more words before `begin` to it.
std::size_t joined_before(const std::vector<Token>& tokens, std::size_t begin);

/// The end of the name when signs join more words after `end` to it; it ends before a word for an
/// outcome.
std::size_t joined_behind(const std::vector<Token>& tokens, std::size_t end,
                          const std::vector<std::string>& failure_words);

/// Whether a token is a word that begins with a lower-case letter.
bool is_lower(const Token& token);

} // namespace tidemark
