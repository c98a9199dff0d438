#pragma once

#include "archive/archive.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// What a sync keeps of one body in the archive, before the warehouse gets it. What cannot be kept
/// is noted, and stops nothing: the rows are stored all the same.
class BodyKeeper {
public:
    /// As those of ArchivedBody, but for that nothing is thrown besides Interrupted.
    BodyKeeper(Archive& archive, const Guid& job, Timestamp now);
    void keep(const std::optional<Guid>& id, std::string_view json);

    /// Returns whether all that was to be kept so far is on the disk.
    bool flush();

    /// Returns the job's mark, or nullopt when something is lacking.
    std::optional<std::string> end(bool whole);

    /// Why something is lacking.
    [[nodiscard]] const std::optional<std::string>& problem() const { return m_problem; }

private:
    template <typename Work> void attempt(Work work);

    std::optional<ArchivedBody> m_body; ///< none once it failed
    std::optional<std::string> m_problem;
};

} // namespace tidemark
