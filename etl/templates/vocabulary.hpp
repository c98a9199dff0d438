#pragma once

#include "model/task_run.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Words of many languages that messages about tasks are made of.
namespace tidemark {

/// What the words of a message say of a task.
struct OutcomeWord {
    std::optional<TaskOutcome> outcome; ///< never `unknown`
    std::string word;                   ///< that says it
};

/// A word of failure beats all, one of success beats one of beginning. A success that is denied or
/// restricted (`not completed`, `nicht abgeschlossen`, `completed with warnings`) is no outcome.
/// What stands in one of the `names`, views into the text, says nothing.
OutcomeWord find_outcome(std::string_view text, std::initializer_list<std::string_view> names,
                         const std::vector<std::string>& failure_words);

// Whether a word, in lower case, is one of those.
bool is_row_word(std::string_view word);     ///< `rows`, `Zeilen`, `rækker`
bool is_task_word(std::string_view word);    ///< `transfer`, `task`, `Übertragung`
bool is_package_word(std::string_view word); ///< `package`, `Paket`
bool is_source_word(std::string_view word);  ///< `source`, `Datenquelle`, `datakilde`
bool is_manner_word(std::string_view word);  ///< `full`, `incremental`, `load`: how, not from where

/// Whether a word says an outcome of any kind, or denies one.
bool is_outcome_word(const std::string& word, const std::vector<std::string>& failure_words);

} // namespace tidemark
