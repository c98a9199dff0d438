#include "platform/process.hpp"

#include "error.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace tidemark {
void forbid_core_file() {
    rlimit limit{};
    if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
    limit.rlim_cur = 0; // the hard limit stays: who debugs can raise it again
    setrlimit(RLIMIT_CORE, &limit);
}

void end_if_reader_is_gone() {
    pollfd out{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
    if (poll(&out, 1, 0) != 1 || (out.revents & POLLERR) == 0) return;
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
}

void open_standard_streams() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(descriptor, F_GETFD) != -1) continue;
        // the lowest that is free, which is this one; in the direction in which using it fails
        const int direction = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (open("/dev/null", direction) != descriptor) return;
    }
}

std::filesystem::path program_path() {
    std::error_code error;
    auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) throw Error("cannot tell where this program stands: " + error.message());
    return path;
}

Arguments::Arguments(int argc, char** argv) : m_texts(argv, argv + argc) { point_to_texts(); }

std::optional<std::string> environment(const std::string& name) {
    const char* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): never changed
    return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

std::string own_scheduler() { return "systemd"; }

} // namespace tidemark
