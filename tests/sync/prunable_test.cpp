// Which executions 'tidemark prune' may remove, reckoned once more from the rows: over both
// databases.
#include "support/catch.hpp"
#include "sync/pruned_world.hpp"
#include "warehouse/backends.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The executions that hold the latest moment of each kind.
class Newest {
public:
    void add(const std::string& what, const std::string& moment, std::int64_t execution) {
        if (moment.empty()) return;
        auto& [latest, executions] = m_of[what];
        if (moment > latest) executions.clear();
        latest = std::max(latest, moment);
        if (moment == latest) executions.insert(execution);
    }

    std::set<std::int64_t> executions() const {
        std::set<std::int64_t> all;
        for (const auto& [what, newest] : m_of)
            all.insert(newest.second.begin(), newest.second.end());
        return all;
    }

private:
    std::map<std::string, std::pair<std::string, std::set<std::int64_t>>> m_of;
};

std::set<std::int64_t> newest_of_tasks(SyncWorld& world) {
    Newest newest;
    for (const Row& row : world.rows("task_run")) {
        const auto task = row.text("transfer_task_key") +
                          (row.text("kind") == "execution package" ? " package" : " transfer");
        const auto key = row.integer("execution_key");
        newest.add(task + " success", row.text("last_succeeded_at"), key);
        newest.add(task + " completion", row.text("completed_at"), key);
        newest.add(task + " heard", row.text("heard_at"), key);
        if (row.text("outcome") == "failed")
            newest.add(task + " failure", row.text("heard_at"), key);
    }
    return newest.executions();
}

} // namespace

TEST_CASE("what is newest of a task stays, of its transfers as of its packages", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    // every third run becomes one of a package, every fifth one of which no message told an end
    world.execute("UPDATE task_run SET kind = 'execution package'"
                  " WHERE (execution_key + transfer_task_key) % 3 = 0");
    world.execute("UPDATE task_run SET outcome = 'unknown', last_succeeded_at = NULL,"
                  " completed_at = heard_at WHERE (execution_key + transfer_task_key) % 5 = 0");
    const auto kept = newest_of_tasks(world);
    CHECK(kept.size() > 10);
    std::map<std::string, std::string> loaded_through;
    for (const Row& row : world.rows("watermark"))
        loaded_through[row.text("job_key")] = row.text("loaded_through");
    std::set<std::int64_t> expected;
    for (const Row& row : world.rows("execution")) {
        const auto key = row.integer("execution_key");
        if (!kept.contains(key) && row.text("created_at") < loaded_through.at(row.text("job_key")))
            expected.insert(key);
    }
    std::set<std::int64_t> prunable;
    for (const Row& row : world.rows("prunable_executions"))
        prunable.insert(row.integer("execution_key"));
    CHECK(prunable == expected);
    CHECK(prunable.size() > 10);
}
