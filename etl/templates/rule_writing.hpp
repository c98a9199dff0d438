#pragma once

#include "templates/message_kinds.hpp"

#include <set>
#include <string>

namespace tidemark {

/// The pattern that matches the messages of a kind, from their beginning to their end. The task's
/// name may hold what these names hold, but no sign that none of them has: what goes on behind a
/// comma or a quote is no part of it.
std::string pattern_of(const MessageKind& kind, const std::set<std::string>& names);

/// The same for these names alone, each of which is written out: for a kind in which nothing tells
/// where a name ends.
std::string pattern_of_names(const MessageKind& kind, const std::set<std::string>& names);

/// The pattern of a message in which no name is known: what varies in it may vary, and no more.
std::string pattern_without_name(const std::string& message);

/// The template of a kind, for people: `Transfer task '…' completed, 0 rows`.
std::string in_words(const MessageKind& kind);

/// Five words of a kind, for its rule's name.
std::string rule_name(const MessageKind& kind);

/// Text as RE2 takes it literally.
std::string literal(std::string_view text);

} // namespace tidemark
