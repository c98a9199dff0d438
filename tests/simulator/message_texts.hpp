#pragma once

#include "simulator/options.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// A transfer task, and the data source that it loads.
struct Task {
    std::string name;
    std::string source;
};

/// The tasks of a job, in the order in which an execution runs them: those of three sources, one
/// or two whose names say nothing of their source, and `Import Metadata`.
std::vector<Task> tasks_of_job(std::uint64_t seed, std::size_t job);

/// The same, as an execution that began at this moment names them.
std::vector<Task> tasks_at(const OrganisationOptions& organisation, std::size_t job,
                           Moment created);

/// What a line of a log can say.
enum class LineKind { begin, started, detail, succeeded, failed, end };

/// Words messages. Everything in it is synthetic: nobody has published a real one. The texts are
/// escaped for JSON beforehand, so that a message is put together by copying.
class MessageTexts {
public:
    MessageTexts(Vocabulary vocabulary, const std::vector<Task>& tasks, bool ascii);

    /// Appends a message about the task of this number; `hash` decides on its figures.
    void append(std::string& out, LineKind kind, std::size_t task, std::uint64_t hash) const;

private:
    enum class Field { none, task, source, rows, milliseconds, table, batch, error };
    struct Piece {
        std::string text;
        Field field = Field::none; ///< that follows the text
    };
    using Template = std::vector<Piece>;

    static Template compiled(std::string_view wording, bool ascii);
    void append_field(std::string& out, Field field, std::size_t task, std::uint64_t hash) const;

    std::vector<Template> m_templates; ///< by Saying
    std::vector<Task> m_tasks;         ///< escaped
    std::vector<std::string> m_errors; ///< escaped
};

} // namespace simulator
