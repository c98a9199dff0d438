#define CATCH_CONFIG_RUNNER
#include "support/catch.hpp"
#include "support/postgres_server.hpp"

#include <cstdlib>
#include <string_view>

// Little of what is freed is kept from use: touching fresh memory took a third of the time.
#define SHORT_QUARANTINE "quarantine_size_mb=4:thread_local_quarantine_size_kb=16"

extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return SHORT_QUARANTINE; }

int main(int argc, char** argv) {
    // looking for leaks takes a third of the time of the many short runs of the program; this
    // process, which runs the same library, looks for its own
    setenv("ASAN_OPTIONS", "detect_leaks=0:" SHORT_QUARANTINE, 0);
    using tidemark::test::PostgresServer;
    if (argc == 3 && argv[1] == std::string_view{"--start-server"})
        return PostgresServer::start_shared(argv[2]), 0;
    if (argc == 3 && argv[1] == std::string_view{"--stop-server"})
        return PostgresServer::stop_shared(argv[2]), 0;
    return Catch::Session().run(argc, argv);
}
