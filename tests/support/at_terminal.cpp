#include "support/at_terminal.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace tidemark::test {
namespace {

[[noreturn]] void become_tidemark(const std::filesystem::path& folder,
                                  const std::vector<std::string>& arguments, const std::string& key,
                                  const std::map<std::string, std::string>& environment) {
    std::vector<std::string> command = {TIDEMARK_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : command)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    if (chdir(folder.c_str()) != 0) _exit(126);
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm-256color", 1);
    if (key.empty())
        unsetenv("TIDEMARK_API_KEY");
    else
        setenv("TIDEMARK_API_KEY", key.c_str(), 1);
    for (const auto& [name, value] : environment)
        setenv(name.c_str(), value.c_str(), 1);
    execv(argv[0], argv.data());
    _exit(127);
}

void write_all(int terminal, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t count = write(terminal, text.data() + at, text.size() - at);
        if (count <= 0) return;
        at += static_cast<std::size_t>(count);
    }
}

/// Appends what the terminal shows; false at its end, or when nothing came for too long.
bool read_some(int terminal, std::string& screen) {
    constexpr int patience_ms = 20'000;
    pollfd polled{.fd = terminal, .events = POLLIN, .revents = 0};
    if (poll(&polled, 1, patience_ms) <= 0) return false;
    std::array<char, 4096> piece{};
    const ssize_t count = read(terminal, piece.data(), piece.size());
    if (count <= 0) return false;
    for (const char c : std::string_view{piece.data(), static_cast<std::size_t>(count)}) {
        if (c == '\n' && screen.ends_with('\r')) screen.pop_back();
        screen += c;
    }
    return true;
}

} // namespace

Ran run_at_terminal(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                    const std::vector<Typed>& answers, int columns, const std::string& key,
                    const std::map<std::string, std::string>& environment) {
    const winsize size{.ws_row = 50,
                       .ws_col = static_cast<unsigned short>(columns),
                       .ws_xpixel = 0,
                       .ws_ypixel = 0};
    int terminal = -1;
    const pid_t pid = forkpty(&terminal, nullptr, nullptr, &size);
    if (pid < 0) throw std::runtime_error("cannot make a terminal");
    if (pid == 0) become_tidemark(folder, arguments, key, environment);
    Ran ran;
    std::size_t seen = 0;
    auto answer = answers.begin();
    while (read_some(terminal, ran.out)) {
        while (answer != answers.end()) {
            const auto found = ran.out.find(answer->after, seen);
            if (found == std::string::npos) break;
            seen = found + answer->after.size();
            write_all(terminal, answer->text == "\x03" ? answer->text : answer->text + "\n");
            ++answer;
        }
    }
    close(terminal); // which ends it, if it still waits for something
    int status = 0;
    waitpid(pid, &status, 0);
    ran.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return ran;
}

} // namespace tidemark::test
