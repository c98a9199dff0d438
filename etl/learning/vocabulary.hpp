#pragma once

#include "model/task_run.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Words of messages about tasks, in several languages.
namespace tidemark {

/// The outcome that a message states, and the word for it.
struct OutcomeWord {
    std::optional<TaskOutcome> outcome; ///< never `unknown`
    std::string word;                   ///< the word for it
};

/// Finds the outcome in a text. A failure word has precedence over a success word, and a success
/// word over a start word. A denied or restricted success (`not completed`, `nicht abgeschlossen`,
/// `completed with warnings`) is no outcome. Text within one of the `names` (views into the text)
/// is ignored.
OutcomeWord find_outcome(std::string_view text, std::initializer_list<std::string_view> names,
                         const std::vector<std::string>& failure_words);

// Whether a lower-case word is one of these.
bool is_row_word(std::string_view word);     ///< `rows`, `Zeilen`, `rækker`
bool is_task_word(std::string_view word);    ///< `transfer`, `task`, `Übertragung`
bool is_package_word(std::string_view word); ///< `package`, `Paket`
bool is_source_word(std::string_view word);  ///< `source`, `Datenquelle`, `datakilde`
bool is_manner_word(
    std::string_view word); ///< `full`, `incremental`, `load`: how a task loads, not from where

/// Whether a word states or denies an outcome.
bool is_outcome_word(const std::string& word, const std::vector<std::string>& failure_words);

} // namespace tidemark
