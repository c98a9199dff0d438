#pragma once

#include "support/simulator.hpp"
#include "support/sync_world.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::faults {

/// What a disturbed sync may leave in the warehouse. The disturbance is about one of three jobs,
/// or about all of them.
enum class Loaded {
    nothing,     ///< no execution at all
    other_jobs,  ///< all of the other jobs', none of the disturbed one's
    part,        ///< all of the other jobs', and of the disturbed one those that came whole
    all_but_one, ///< everything but one execution
    everything,
};

/// How a sync ended: what its caller and its user are told.
struct Ended {
    int exit_code = 0;
    std::vector<std::string> lines;
};

/// The organisation that all scenarios sync: three jobs with some twelve executions each. Faults
/// that are about one job are about `job=1`. Started when it is first asked for.
const test::Simulator& organisation();

/// An empty warehouse that is synced from the organisation, or from something that poses as it.
class Scenario {
public:
    /// `sqlite` or `postgres`.
    explicit Scenario(std::string_view backend);
    ~Scenario();
    Scenario(const Scenario&) = delete;
    Scenario& operator=(const Scenario&) = delete;

    /// Orders faults of the organisation, as `kind=reset&job=1`, for the next sync alone.
    Ended disturbed(const std::vector<std::string>& faults);

    /// Syncs from another address than the organisation's.
    Ended sync_from(const std::string& url);

    /// Syncs from the organisation while nothing is wrong; then the rows must be those of a
    /// warehouse that was never disturbed, and no rejected record be left unresolved.
    void repair();

    /// Checks what is there now.
    void check_loaded(Loaded loaded);

    /// To change before a sync; its base URL is set by each.
    SourceConfig source;

    test::SyncWorld world;

private:
    std::vector<std::string> rows();

    std::string m_backend;
};

/// Checks the exit code, and that the first line with these words is fit for a person: one line
/// without control characters or the key.
void check_ended(const Ended& ended, int exit_code, const std::string& words);

} // namespace tidemark::faults
