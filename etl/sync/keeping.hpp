#pragma once

#include "archive/archive.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Keeps the executions of one body in the archive before they are stored in the warehouse. A
/// failure is recorded and does not stop the sync: the rows are stored nevertheless.
class BodyKeeper {
public:
    /// The functions have the meaning of those in ArchivedBody, but throw only Interrupted.
    BodyKeeper(Archive& archive, const Guid& job, Timestamp now);
    void keep(const std::optional<Guid>& id, std::string_view json);

    /// Returns whether everything so far is on the disk.
    bool flush();

    /// Returns the job's mark, or nullopt when something could not be kept.
    std::optional<std::string> end(bool whole);

    /// Why something could not be kept.
    [[nodiscard]] const std::optional<std::string>& problem() const { return m_problem; }

private:
    template <typename Work> void attempt(Work work);

    std::optional<ArchivedBody> m_body; ///< none once it failed
    std::optional<std::string> m_problem;
};

} // namespace tidemark
