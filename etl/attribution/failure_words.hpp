#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The first word of a text that means a failure, in lower case: it begins with one of `words`, or
/// contains one of at least six bytes. Text within one of the `names` (views into the text) is
/// ignored, and so are denied failures: `0 errors`, `errors: 0`, `without errors`, `ohne Fehler`,
/// `keine Fehler`, `uden fejl`.
std::optional<std::string> failure_word_in(std::string_view text,
                                           std::initializer_list<std::string_view> names,
                                           const std::vector<std::string>& words);

} // namespace tidemark
