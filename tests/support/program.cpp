#include "support/program.hpp"

#include "support/temporary_folder.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

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

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_file(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

Ran run_tidemark(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                 const std::string& key) {
    const TemporaryFolder output;
    std::vector<std::string> command = {TIDEMARK_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const pid_t pid = fork();
    if (pid < 0) throw std::runtime_error("cannot fork");
    if (pid == 0) {
        if (chdir(folder.c_str()) != 0) _exit(126);
        if (key.empty()) {
            unsetenv("TIDEMARK_API_KEY");
        } else {
            setenv("TIDEMARK_API_KEY", key.c_str(), 1);
        }
        redirect(STDOUT_FILENO, output / "out");
        redirect(STDERR_FILENO, output / "err");
        become(command);
    }
    const int exit_code = wait_for(pid);
    return {exit_code, read_file(output / "out"), read_file(output / "err")};
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
