#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The words of a name, in lower case: runs of letters and digits of any alphabet, in UTF-8. What
/// stands between them (spaces, punctuation, dashes, `_`) is left out.
std::vector<std::string> words_of(std::string_view text);

/// Whether some words stand in others, one after the other.
bool contains_words(const std::vector<std::string>& in, const std::vector<std::string>& words);

} // namespace tidemark
