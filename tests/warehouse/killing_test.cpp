#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/test_rows.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

using namespace tidemark;
using namespace tidemark::test;
using std::chrono::milliseconds;

namespace {

/// A process of its own that does something and then waits to be killed.
class DoomedProcess {
public:
    /// Returns when the process has called the function that `work` is given, and so is ready.
    explicit DoomedProcess(const std::function<void(const std::function<void()>&)>& work) {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        m_process = fork();
        if (m_process == 0) run(work, ends[1]);
        close(ends[1]);
        char byte = 0;
        const auto got = read(ends[0], &byte, 1);
        close(ends[0]);
        REQUIRE(got == 1);
    }

    void kill() {
        if (m_process <= 0) return;
        ::kill(m_process, SIGKILL);
        waitpid(m_process, nullptr, 0);
        m_process = 0;
    }

    ~DoomedProcess() { kill(); }
    DoomedProcess(const DoomedProcess&) = delete;
    DoomedProcess& operator=(const DoomedProcess&) = delete;

private:
    [[noreturn]] static void run(const std::function<void(const std::function<void()>&)>& work,
                                 int to_parent) {
        try {
            work([&] { [[maybe_unused]] const auto written = write(to_parent, "r", 1); });
            for (;;)
                pause();
        } catch (...) {
            _exit(1);
        }
    }

    pid_t m_process = 0;
};

} // namespace

TEST_CASE("a lease dies with its process", "[warehouse]") {
    const auto database = make_database(GENERATE(from_range(backends())));
    DoomedProcess holder([&](const auto& ready) {
        const auto warehouse = database->open();
        const auto lease = warehouse->lease(milliseconds{0});
        ready();
        for (;;)
            pause();
    });
    const auto warehouse = database->open();
    CHECK_THROWS_AS(warehouse->lease(milliseconds{0}), LeaseHeld);
    holder.kill();
    CHECK_NOTHROW(warehouse->lease(milliseconds{10000}));
}

TEST_CASE("a writer that is killed leaves whole batches", "[warehouse]") {
    const auto backend = GENERATE(from_range(backends()));
    const auto database = make_database(backend);
    {
        const auto warehouse = database->open();
        migrate(*warehouse, moment("2026-01-01 00:00:00.000000"));
        warehouse->write(foundation());
    }
    DoomedProcess writer([&](const auto& ready) {
        const auto warehouse = database->open();
        ready();
        for (Key batch = 0;; ++batch) {
            auto first = execution(2 * batch + 1);
            auto second = execution(2 * batch + 2);
            for (std::uint64_t i = 0; i < 200; ++i)
                first.execution.logs.push_back(log(i, "line"));
            first.log_count = 200;
            warehouse->write(new_executions({first, second}));
        }
    });
    const auto warehouse = database->open();
    while (rows_of(*warehouse, "execution").size() < 6) {
    }
    writer.kill();
    const auto executions = rows_of(*warehouse, "execution").size();
    CHECK(executions % 2 == 0);
    CHECK(rows_of(*warehouse, "execution_log").size() == executions / 2 * 200);
}
