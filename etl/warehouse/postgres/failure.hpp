#pragma once

#include "error.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace tidemark::postgres {

/// What is left to do after a failure.
enum class Recovery {
    none,      ///< it would fail again
    repeat,    ///< the transaction lost against another: repeat it
    reconnect, ///< the connection is lost: make another, then repeat
};

/// `connected`: whether the connection still works as far as libpq knows.
Recovery recovery_for(const std::exception& error, bool connected);

/// The server's code for the failure, "" where there is none.
std::string sqlstate_of(const std::exception& error);

/// One line: what was done with what, why in the server's words, and what to do about it.
Error failure(std::string_view doing, std::string_view name, const std::exception& error);

} // namespace tidemark::postgres
