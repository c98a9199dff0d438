#include "platform/console.hpp"

#include "platform/interrupt.hpp"
#include "platform/process.hpp"
#include "platform/windows/wide.hpp"

#include <io.h>
#include <windows.h>

#include <array>
#include <cstdio>

namespace tidemark {
namespace {

bool is_a_console(DWORD which) {
    DWORD mode = 0;
    return GetConsoleMode(GetStdHandle(which), &mode) != 0;
}

/// Shows nothing of what is typed while it lives.
class NoEcho {
public:
    explicit NoEcho(Echo echo)
        : m_input(GetStdHandle(STD_INPUT_HANDLE)),
          m_off(echo == Echo::off && GetConsoleMode(m_input, &m_before) != 0) {
        if (m_off) SetConsoleMode(m_input, m_before & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    }
    ~NoEcho() {
        if (!m_off) return;
        SetConsoleMode(m_input, m_before);
        write_stderr("\n"); // which was not shown either
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    HANDLE m_input;
    DWORD m_before = 0;
    bool m_off;
};

} // namespace

bool can_ask() { return stdin_is_a_terminal() && stderr_is_a_terminal(); }
bool stdin_is_a_terminal() { return is_a_console(STD_INPUT_HANDLE); }
bool stdout_is_a_terminal() { return is_a_console(STD_OUTPUT_HANDLE); }
bool stderr_is_a_terminal() { return is_a_console(STD_ERROR_HANDLE); }

std::optional<std::size_t> stdout_columns() {
    constexpr std::size_t usual = 80;
    if (!stdout_is_a_terminal()) return std::nullopt;
    CONSOLE_SCREEN_BUFFER_INFO screen{};
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &screen) == 0) return usual;
    return static_cast<std::size_t>(screen.srWindow.Right - screen.srWindow.Left + 1);
}

bool stdout_takes_colour() {
    if (!environment("NO_COLOR").value_or("").empty()) return false;
    const HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
    DWORD mode = 0;
    return GetConsoleMode(out, &mode) != 0 &&
           SetConsoleMode(out, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

std::optional<std::string> ask_line(std::string_view question, Echo echo) {
    const NoEcho silence(echo);
    write_stderr(question);
    std::wstring line;
    for (;;) {
        std::array<wchar_t, 512> piece{};
        DWORD count = 0;
        const bool read = ReadConsoleW(GetStdHandle(STD_INPUT_HANDLE), piece.data(),
                                       static_cast<DWORD>(piece.size()), &count, nullptr) != 0;
        stop_if_interrupted(); // Ctrl-C ends the reading with nothing read
        if (!read || count == 0) return std::nullopt;
        line.append(piece.data(), count);
        if (line.starts_with(L'\x1A')) return std::nullopt; // Ctrl-Z
        if (!line.ends_with(L'\n')) continue;
        line.pop_back();
        if (line.ends_with(L'\r')) line.pop_back();
        return narrow(line);
    }
}

} // namespace tidemark
