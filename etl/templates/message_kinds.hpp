#pragma once

#include "model/task_run.hpp"
#include "templates/name_finding.hpp"

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
        text,   ///< stays
        space,  ///< holds a line break, or another space than one blank
        varies, ///< a number, time, id or path
        rows,   ///< the number of rows
        task,
        source, ///< in quotes or brackets: the data source
        other,  ///< in quotes or brackets: what else differs
        error,  ///< all that is left of the message
    };
    What what = What::text;
    std::string text;                  ///< of `text`, or of the example
    TokenKind token = TokenKind::word; ///< of what varies
    std::string behind;                ///< the sign that closes `task`, `source` and `other`
    std::set<std::string> forms;       ///< of what varies: as it was seen

    bool operator==(const KindPart& other) const {
        return what == other.what && text == other.text && token == other.token;
    }
};

/// Messages that say the same of different tasks.
struct MessageKind {
    std::vector<KindPart> parts;
    std::optional<TaskOutcome> outcome;
    std::string word;                  ///< that says the outcome
    std::vector<std::size_t> messages; ///< in the list of alike messages
    std::string doubt;                 ///< why its outcome is not to be believed; "" when it is
};

/// The kinds of the messages that name one of these tasks. A failure's kind ends with what is said
/// of it; that is its error, over all lines. Kinds that differ in one part within quotes or
/// brackets are one, unless that part says an outcome.
std::vector<MessageKind> kinds_of(const std::vector<AlikeMessages>& messages,
                                  const std::set<std::string>& names,
                                  const std::vector<std::string>& failure_words);

/// A message as the parts of a kind, with the task where its name stands, if it does.
std::vector<KindPart> parts_of(const AlikeMessages& message, const NamePlace& name);

} // namespace tidemark
