#include "error.hpp"
#include "platform/interrupt.hpp"
#include "source/noted_signals.hpp"
#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace tidemark;
using namespace tidemark::source_test;

TEST_CASE("A signal is noted instead of ending the program") {
    const NotedSignals noted;
    CHECK(noted_signal() == 0);
    CHECK_NOTHROW(stop_if_interrupted());
    std::raise(SIGINT);
    CHECK(noted_signal() == SIGINT);
    try {
        stop_if_interrupted();
        FAIL("did not throw");
    } catch (const Interrupted& interrupted) {
        CHECK(interrupted.exit_code() == 128 + SIGINT);
    }
}

TEST_CASE("Noting signals again forgets the one before") {
    const NotedSignals noted;
    std::raise(SIGTERM);
    note_signals();
    CHECK(noted_signal() == 0);
}

TEST_CASE("A second signal ends the program, be it the same or the other") {
    const int second = GENERATE(SIGINT, SIGTERM);
    const pid_t child = ::fork();
    if (child == 0) {
        note_signals();
        std::raise(SIGTERM);
        std::raise(second);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == second);
}
