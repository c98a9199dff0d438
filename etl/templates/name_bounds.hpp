#pragma once

#include "templates/message_tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Where a name in a message may begin and end. Tokens are counted from `begin` to before `end`.
namespace tidemark {

using TokenSpan = std::pair<std::size_t, std::size_t>;

/// A name has no more tokens than this.
constexpr std::size_t longest_name_tokens = 40;

/// All that stands in the innermost quotes or brackets that are open at `begin` and close at `end`
/// or behind it: `A - Full` of `task 'A - |Full|' done`. Of quotes that look alike on both sides
/// every second one closes; an apostrophe within or behind a word opens nothing.
std::optional<TokenSpan> enclosure(const std::vector<Token>& tokens, std::size_t begin,
                                   std::size_t end);

/// What stands in quotes or brackets, each pair by itself.
std::vector<TokenSpan> enclosed_parts(const std::vector<Token>& tokens);

/// Whether a name can stand there: it holds a word, is on one line, and ends within no quotes or
/// brackets.
bool can_be_name(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

/// Where a name begins that signs such as a dash join to what begins there.
std::size_t joined_before(const std::vector<Token>& tokens, std::size_t begin);

/// Where it ends, before a word that says an outcome.
std::size_t joined_behind(const std::vector<Token>& tokens, std::size_t end,
                          const std::vector<std::string>& failure_words);

/// A word that begins with a letter in lower case.
bool is_lower(const Token& token);

} // namespace tidemark
