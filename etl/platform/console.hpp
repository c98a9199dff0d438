#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {
/// Whether the program can ask its user: the standard input and stderr are terminals.
bool can_ask();

bool stdin_is_a_terminal();
bool stdout_is_a_terminal();
bool stderr_is_a_terminal();

/// The width of the terminal at the standard output, in columns; nullopt when it is no terminal.
std::optional<std::size_t> stdout_columns();

/// Whether the standard output may be coloured: it is a terminal with colours, and NO_COLOR is not
/// set.
bool stdout_takes_colour();

enum class Echo { on, off };

/// Prints the question to stderr and returns the line that the user types, without its end; nullopt
/// at the end of the input. With `Echo::off` the terminal does not show what is typed. Throws
/// Interrupted when a signal was noted; the terminal shows typed text again by then.
std::optional<std::string> ask_line(std::string_view question, Echo echo);

} // namespace tidemark
