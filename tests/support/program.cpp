#include "support/program.hpp"

#include "support/files.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace tidemark::test {
namespace {

std::vector<char*> as_argv(const std::vector<std::string>& command) {
    std::vector<char*> argv;
    for (const std::string& word : command)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    return argv;
}

void redirect(int descriptor, const std::filesystem::path& file) {
    const int opened = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
    close(opened);
}

[[noreturn]] void become(const std::vector<std::string>& command) {
    const auto argv = as_argv(command);
    execv(argv[0], argv.data());
    _exit(127);
}

int wait_for(pid_t pid) {
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

RunningTidemark::RunningTidemark(const std::filesystem::path& folder,
                                 const std::vector<std::string>& arguments,
                                 const std::string& key) {
    std::vector<std::string> command = {TIDEMARK_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    for (const auto* const name : {"out", "err"}) // however soon it is killed
        write_file(m_output / name, "");
    m_pid = fork();
    if (m_pid < 0) throw std::runtime_error("cannot fork");
    if (m_pid == 0) {
        if (chdir(folder.c_str()) != 0) _exit(126);
        if (key.empty()) {
            unsetenv("TIDEMARK_API_KEY");
        } else {
            setenv("TIDEMARK_API_KEY", key.c_str(), 1);
        }
        redirect(STDOUT_FILENO, m_output / "out");
        redirect(STDERR_FILENO, m_output / "err");
        become(command);
    }
}

RunningTidemark::~RunningTidemark() {
    if (m_pid < 0) return;
    ::kill(m_pid, SIGKILL);
    wait_for(m_pid);
}

bool RunningTidemark::signal(int number) const {
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(m_pid), &ended, WEXITED | WNOHANG | WNOWAIT);
    return ended.si_pid == 0 && ::kill(m_pid, number) == 0;
}

Ran RunningTidemark::wait() {
    const int exit_code = wait_for(std::exchange(m_pid, -1));
    return {exit_code, read_file(m_output / "out"), read_file(m_output / "err")};
}

Ran run_tidemark(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                 const std::string& key) {
    return RunningTidemark(folder, arguments, key).wait();
}

Process::Process(const std::vector<std::string>& command) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("cannot make a pipe");
    m_pid = fork();
    if (m_pid < 0) throw std::runtime_error("cannot fork");
    if (m_pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        become(command);
    }
    close(ends[1]);
    m_stdout = ends[0];
    for (char c = 0; read(m_stdout, &c, 1) == 1 && c != '\n';)
        m_first_line += c;
}

Process::~Process() {
    kill(m_pid, SIGTERM);
    wait_for(m_pid);
    close(m_stdout);
}

} // namespace tidemark::test
