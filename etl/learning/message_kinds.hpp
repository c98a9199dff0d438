#pragma once

#include "learning/name_finding.hpp"
#include "model/task_run.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// A piece of a kind's pattern.
struct KindPart {
    enum class What {
        text,   ///< constant text
        space,  ///< white space other than a single blank
        varies, ///< a number, time, id or path
        rows,   ///< the number of rows
        task,
        source, ///< in quotes or brackets: the data source
        other,  ///< in quotes or brackets: another part that differs
        error,  ///< the rest of the message
    };
    What what = What::text;
    std::string text;                  ///< the constant text, or the text in the example
    TokenKind token = TokenKind::word; ///< of a part that varies
    std::string behind;                ///< the sign after `task`, `source` or `other`
    std::set<std::string> forms;       ///< of a part that varies: the forms that were seen

    bool operator==(const KindPart& other) const {
        return what == other.what && text == other.text && token == other.token;
    }
};

/// Messages that say the same about different tasks.
struct MessageKind {
    std::vector<KindPart> parts;
    std::optional<TaskOutcome> outcome;
    std::string word;                  ///< for the outcome
    std::vector<std::size_t> messages; ///< in the list of alike messages
    std::string objection;             ///< why its outcome is not plausible; "" when it is
};

/// The kinds of the messages that contain one of these task names. In a kind of failure the rest of
/// the message, over all its lines, is the error. Kinds that differ only in one part in quotes or
/// brackets are merged, unless that part is an outcome.
std::vector<MessageKind> kinds_of(const std::vector<AlikeMessages>& messages,
                                  const std::set<std::string>& names,
                                  const std::vector<std::string>& failure_words);

/// Splits a message into the parts of a kind, with the task at the place of `name`, if there is
/// one.
std::vector<KindPart> parts_of(const AlikeMessages& message, const NamePlace& name);

} // namespace tidemark
