#include "platform/console.hpp"

#include "platform/interrupt.hpp"
#include "platform/process.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>

namespace tidemark {
namespace {

bool is_a_terminal(std::FILE* stream) { return isatty(fileno(stream)) != 0; }

/// Shows nothing of what is typed while it lives, but for the line's end.
class NoEcho {
public:
    explicit NoEcho(Echo echo)
        : m_off(echo == Echo::off && tcgetattr(STDIN_FILENO, &m_before) == 0) {
        if (!m_off) return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &silent);
    }
    ~NoEcho() {
        if (m_off) tcsetattr(STDIN_FILENO, TCSADRAIN, &m_before);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    termios m_before{};
    bool m_off;
};

/// Waits until there is something to read, or the end.
void wait_for_input() {
    constexpr int slice_ms = 100;
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    do {
        stop_if_interrupted();
    } while (poll(&input, 1, slice_ms) <= 0);
}

} // namespace

bool can_ask() { return is_a_terminal(stdin) && is_a_terminal(stderr); }
bool stdin_is_a_terminal() { return is_a_terminal(stdin); }
bool stdout_is_a_terminal() { return is_a_terminal(stdout); }
bool stderr_is_a_terminal() { return is_a_terminal(stderr); }

std::optional<std::size_t> stdout_columns() {
    constexpr std::size_t usual = 80;
    if (!stdout_is_a_terminal()) return std::nullopt;
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return usual;
}

bool stdout_takes_colour() {
    const bool is_dumb = environment("TERM").value_or("dumb") == "dumb";
    return stdout_is_a_terminal() && environment("NO_COLOR").value_or("").empty() && !is_dumb;
}

std::optional<std::string> ask_line(std::string_view question, Echo echo) {
    std::string line;
    const NoEcho silence(echo); // before the question, which may be answered at once
    write_stderr(question);
    for (char c = 0;;) {
        wait_for_input();
        if (read(STDIN_FILENO, &c, 1) != 1) break;
        if (c == '\n') return line;
        line += c;
    }
    if (line.empty()) return std::nullopt;
    return line;
}

} // namespace tidemark
