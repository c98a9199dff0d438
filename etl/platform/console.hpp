#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {
/// Whether somebody sits there who can be asked: the standard input and stderr are a terminal.
bool can_ask();

bool stdin_is_a_terminal();
bool stdout_is_a_terminal();
bool stderr_is_a_terminal();

/// How many columns the terminal has that the standard output is; nullopt when it is none.
std::optional<std::size_t> stdout_columns();

/// Whether what goes to the standard output may be coloured: it is a terminal that can, and nobody
/// has set NO_COLOR.
bool stdout_takes_colour();

enum class Echo { on, off };

/// Says this on stderr and returns the line that is typed, without its end; nullopt at the end of
/// the input. With `off` a terminal does not show what is typed. Throws Interrupted when a signal
/// was noted; the terminal shows what is typed again then.
std::optional<std::string> ask_line(std::string_view question, Echo echo);

} // namespace tidemark
