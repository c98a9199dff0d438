#include "torture/kill.hpp"

#include "support/program.hpp"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <thread>

namespace tidemark::torture {
namespace {

constexpr std::array changes = {
    SYS_write,     SYS_pwrite64,  SYS_writev,    SYS_sendto, SYS_sendmsg,   SYS_fsync,   SYS_fcntl,
    SYS_fdatasync, SYS_ftruncate, SYS_fallocate, SYS_openat, SYS_renameat2, SYS_mkdirat,
#ifdef SYS_unlink
    SYS_unlink,    SYS_rename,    SYS_mkdir,
#endif
};

constexpr int stopped_at_call = SIGTRAP | 0x80;

void* number(long value) {
    // what ptrace takes as numbers it declares as pointers
    return reinterpret_cast<void*>(value);
}

[[noreturn]] void become_traced(const std::filesystem::path& folder,
                                const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const std::string& word : words)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    setenv("TIDEMARK_API_KEY", "a-secret-key", 1);
    setpgid(0, 0);
    if (chdir(folder.c_str()) != 0 || ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(126);
    execv(argv[0], argv.data());
    _exit(127);
}

/// A program that stops at each of its calls of the system, threads included.
class Traced {
public:
    Traced(const std::filesystem::path& folder, const std::vector<std::string>& words)
        : m_pid(fork()) {
        if (m_pid < 0) throw std::runtime_error("cannot fork");
        if (m_pid == 0) become_traced(folder, words);
        int status = 0;
        if (waitpid(m_pid, &status, 0) != m_pid || !WIFSTOPPED(status))
            throw std::runtime_error("cannot trace '" + words.front() + "'");
        ptrace(PTRACE_SETOPTIONS, m_pid, nullptr,
               number(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL));
        go_on(m_pid, 0);
    }

    /// Runs until it is about to make its nth change, and kills it there.
    int run(int nth) {
        int count = 0;
        int status = 0;
        for (pid_t thread = 0; (thread = waitpid(-m_pid, &status, __WALL)) > 0;) {
            if (!WIFSTOPPED(status)) continue;
            if (WSTOPSIG(status) == stopped_at_call && is_change(thread) && ++count == nth)
                ::kill(m_pid, SIGKILL);
            else
                go_on(thread, signal_of(status));
        }
        return count;
    }

private:
    static void go_on(pid_t thread, int signal) {
        ptrace(PTRACE_SYSCALL, thread, nullptr, number(signal));
    }

    /// What is to be delivered to it: not what tracing itself brings about.
    static int signal_of(int status) {
        const int signal = WSTOPSIG(status);
        const bool of_tracing = signal == stopped_at_call || signal == SIGTRAP || signal == SIGSTOP;
        return of_tracing ? 0 : signal;
    }

    static bool is_change(pid_t thread) {
        __ptrace_syscall_info call{};
        ptrace(PTRACE_GET_SYSCALL_INFO, thread, number(sizeof call), &call);
        return call.op == PTRACE_SYSCALL_INFO_ENTRY &&
               std::find(changes.begin(), changes.end(), static_cast<int>(call.entry.nr)) !=
                   changes.end();
    }

    pid_t m_pid;
};

} // namespace

bool kill_after(const std::filesystem::path& folder, const std::vector<std::string>& words,
                std::chrono::microseconds time) {
    test::RunningTidemark running(folder, words);
    std::this_thread::sleep_for(time);
    const bool was_there = running.signal(SIGKILL);
    running.wait();
    return was_there;
}

int kill_at_change(const std::filesystem::path& folder, const std::vector<std::string>& words,
                   int nth) {
    std::vector<std::string> command = {TIDEMARK_PROGRAM};
    command.insert(command.end(), words.begin(), words.end());
    return Traced(folder, command).run(nth);
}

} // namespace tidemark::torture
