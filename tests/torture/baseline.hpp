#pragma once

#include "support/postgres_server.hpp"
#include "support/simulator.hpp"
#include "support/workspace.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tidemark::torture {

/// What is done to a warehouse, and disturbed.
enum class Work {
    first_load,     ///< the first sync
    next_night,     ///< a sync of a warehouse that has executions which ran when it was last synced
    migration,      ///< the upgrade of a warehouse that has the first schema file's tables alone
    attribution,    ///< applying other rules to what is stored
    archived_load,  ///< the first sync, with an archive
    archived_night, ///< the next night, with an archive
};

constexpr std::string_view name_of(Work work) {
    switch (work) {
    case Work::first_load: return "first load";
    case Work::next_night: return "next night";
    case Work::migration: return "migration";
    case Work::archived_load: return "first load, archived";
    case Work::archived_night: return "next night, archived";
    case Work::attribution: break;
    }
    return "new rules";
}

constexpr bool keeps_archive(Work work) {
    return work == Work::archived_load || work == Work::archived_night;
}

inline constexpr std::array all_works{Work::first_load, Work::next_night, Work::migration,
                                      Work::attribution};
inline constexpr std::array archived_works{Work::archived_load, Work::archived_night};

/// A warehouse in the state in which some work begins, as often as one likes, and the rows in which
/// that work must end.
class Baseline {
public:
    /// `backend`: `sqlite` or `postgres`, which needs a server. Runs the work once without
    /// disturbance.
    Baseline(std::string_view backend, Work work, const test::Simulator& simulator,
             test::PostgresServer* server);

    /// A fresh warehouse in that state; the one before it is gone. `place`: the folder of a SQLite
    /// file, or a tablespace of the server; empty: wherever it may be.
    test::Workspace begin(const std::string& place = "");

    /// Ends the last round in a tablespace, and the tablespace.
    void drop_tablespace(const std::string& tablespace);

    /// What the program is asked to do.
    [[nodiscard]] const std::vector<std::string>& words() const { return m_words; }

    [[nodiscard]] const std::vector<std::string>& expected() const { return m_expected; }

    /// What is wrong with a round's archive: a file that cannot be read, or something that the
    /// warehouse holds and the archive does not. Nothing where there is none.
    [[nodiscard]] std::vector<std::string> archive_faults(const test::Workspace& workspace) const;

    /// The same when the work is done, and what a warehouse that is built out of the archive lacks
    /// or has too much.
    [[nodiscard]] std::vector<std::string>
    rebuilding_faults(const test::Workspace& workspace) const;

    /// How long that takes when nothing disturbs it, and how many changes it asks the system for.
    [[nodiscard]] std::chrono::microseconds duration() const { return m_duration; }
    [[nodiscard]] int changes() const { return m_changes; }

    /// Sets the simulator's clock for this work.
    void set_clock() const;

    [[nodiscard]] const std::string& backend() const { return m_backend; }
    [[nodiscard]] Work work() const { return m_work; }

private:
    test::Workspace begin_in_file(const std::string& place);
    test::Workspace begin_in_server(const std::string& place);
    [[nodiscard]] bool begins_with_nothing() const;
    /// `whole`: the archive has a body of every job.
    [[nodiscard]] test::Workspace rebuilt_from(const test::Workspace& workspace, bool whole) const;
    void load_first_night();
    void keep_first_schema_alone();
    void measure();

    std::string m_backend;
    Work m_work;
    const test::Simulator& m_simulator;
    test::PostgresServer* m_server;
    std::vector<std::string> m_words;
    std::optional<test::Workspace> m_template; ///< none: the work begins with nothing
    std::string m_database;                    ///< of this round
    int m_rounds = 0;
    std::vector<std::string> m_expected;
    std::chrono::microseconds m_duration{};
    int m_changes = 0;
};

/// The rows of a warehouse, its schema's version and its views included.
std::vector<std::string> state_of(const test::Workspace& workspace);

} // namespace tidemark::torture
