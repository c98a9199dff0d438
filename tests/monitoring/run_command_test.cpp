#include "platform/run_command.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>

using namespace tidemark;
using namespace std::chrono_literals;

TEST_CASE("how a command ended is known, also to a program whose parent ignores children",
          "[alert]") {
    const auto before = std::signal(SIGCHLD, SIG_IGN);
    CHECK(run_command("exit 7", "", 10s, "NONE") == "it ended with 7");
    std::signal(SIGCHLD, SIG_IGN);
    CHECK(run_command("cat > /dev/null", "input", 10s, "NONE") == std::nullopt);
    std::signal(SIGCHLD, before);
}

TEST_CASE("a command inherits no file but the standard ones", "[alert]") {
    const int open_here = dup(STDERR_FILENO);
    REQUIRE(open_here > STDERR_FILENO);
    CHECK(run_command(fmt::format("test ! -e /proc/$$/fd/{}", open_here), "", 10s, "NONE") ==
          std::nullopt);
    close(open_here);
}
