#pragma once

#include "learning/message_kinds.hpp"

#include <set>
#include <string>

namespace tidemark {

/// The pattern that matches whole messages of a kind. The task's name may contain the signs that
/// occur in these names, and no others: text after a comma or a quote, for example, is not a part
/// of the name.
std::string pattern_of(const MessageKind& kind, const std::set<std::string>& names);

/// The same for these names only, as a list of alternatives: for a kind in which the end of a name
/// cannot be recognised.
std::string pattern_of_names(const MessageKind& kind, const std::set<std::string>& names);

/// The pattern of a message without a known name: only its variable parts may differ.
std::string pattern_without_name(const std::string& message);

/// A kind for people: `Transfer task '…' completed, 0 rows`.
std::string in_words(const MessageKind& kind);

/// The name of a rule: up to five words of its kind.
std::string rule_name(const MessageKind& kind);

/// Text escaped for RE2.
std::string literal(std::string_view text);

} // namespace tidemark
