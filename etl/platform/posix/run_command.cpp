#include "platform/run_command.hpp"

#include "platform/files.hpp"
#include "platform/interrupt.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <thread>

namespace tidemark {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll_interval{20};

/// In the child: what a library opened without O_CLOEXEC, such as the connection to the API, is not
/// for the command and what it leaves running.
void close_others() {
    constexpr long most_looked_at = 65536;
    const auto end = static_cast<int>(std::min(sysconf(_SC_OPEN_MAX), most_looked_at));
    for (int number = STDERR_FILENO + 1; number < end; ++number)
        close(number);
}

/// In the child: becomes the shell, in a process group of its own.
[[noreturn]] void exec_shell(const std::string& command, int input, const std::string& without) {
    constexpr int not_started = 127;
    setpgid(0, 0);
    dup2(input, STDIN_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ, SIGALRM})
        std::signal(number, SIG_DFL);
    close_others();
    unsetenv(without.c_str()); // NOLINT(concurrency-mt-unsafe): the child has one thread
    execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    _exit(not_started);
}

/// Writes what the pipe takes now. Returns false when nobody reads it any more.
bool write_some(int pipe, const std::string& input, std::size_t& written) {
    while (written < input.size()) {
        const auto count = write(pipe, input.data() + written, input.size() - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno == EAGAIN;
        written += static_cast<std::size_t>(count);
    }
    return false;
}

std::optional<std::string> outcome_of_status(int status) {
    if (WIFSIGNALED(status)) return fmt::format("signal {} ended it", WTERMSIG(status));
    if (WEXITSTATUS(status) == 0) return std::nullopt;
    return fmt::format("it ended with {}", WEXITSTATUS(status));
}

/// Feeds the child until it ends. Kills it when it takes too long.
std::optional<std::string> supervise(pid_t child, int pipe, const std::string& input,
                                     std::chrono::seconds patience) {
    const auto until = SteadyClock::now() + patience;
    std::size_t written = 0;
    bool is_open = true;
    const auto close_pipe = [&] {
        if (is_open) close(pipe);
        is_open = false;
    };
    for (;;) {
        if (is_open && !write_some(pipe, input, written)) close_pipe();
        int status = 0;
        if (const pid_t ended = waitpid(child, &status, WNOHANG); ended != 0) {
            const int error = errno;
            close_pipe();
            return ended == child ? outcome_of_status(status) : error_words(error);
        }
        if (SteadyClock::now() >= until || noted_signal() != 0) break;
        std::this_thread::sleep_for(poll_interval);
    }
    close_pipe();
    kill(-child, SIGKILL);
    waitpid(child, nullptr, 0);
    return noted_signal() != 0 ? std::string{"interrupted"}
                               : fmt::format("it did not end within {} s", patience.count());
}

} // namespace

std::optional<std::string> run_command(const std::string& command, const std::string& input,
                                       std::chrono::seconds patience, const std::string& without) {
    std::signal(SIGCHLD, SIG_DFL); // who started this program may not have waited for its own
    std::array<int, 2> ends = {-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return error_words(errno);
    const pid_t child = fork();
    if (child == 0) exec_shell(command, ends[0], without);
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return error_words(errno);
    }
    setpgid(child, child); // whoever comes first
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    return supervise(child, ends[1], input, patience);
}

} // namespace tidemark
