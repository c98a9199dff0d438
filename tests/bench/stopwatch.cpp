// Runs a command and appends what it took to a file: seconds, seconds of processor time (its own
// and the system's for it), and the most memory that it held, in KiB. usage: stopwatch FILE COMMAND
// [ARGUMENT...]; ends with the command's exit code

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdio>

extern char** environ;

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: stopwatch FILE COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawnp(&child, argv[2], nullptr, nullptr, argv + 2, environ) != 0) {
        std::fprintf(stderr, "stopwatch: cannot run '%s'\n", argv[2]);
        return 127;
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    std::FILE* const file = std::fopen(argv[1], "a");
    if (file == nullptr) {
        std::fprintf(stderr, "stopwatch: cannot write '%s'\n", argv[1]);
        return 1;
    }
    std::fprintf(file, "%.4f %.4f %ld\n", passed.count(),
                 seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
    std::fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
