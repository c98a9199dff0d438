#define CATCH_CONFIG_RUNNER
#include "support/catch.hpp"

#include <cstdlib>

int main(int argc, char** argv) {
    // looking for leaks takes a third of the time of the many short runs of the program; this
    // process, which runs the same library, looks for its own
    setenv("ASAN_OPTIONS", "detect_leaks=0", 0);
    return Catch::Session().run(argc, argv);
}
