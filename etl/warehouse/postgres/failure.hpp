#pragma once

#include "error.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace tidemark::postgres {

/// What to do after a failure.
enum class Recovery {
    none,      ///< give up: it would fail again
    repeat,    ///< repeat the transaction: it was in conflict with another one
    reconnect, ///< connect again and repeat: the connection was lost
};

/// `connected`: whether libpq considers the connection open.
Recovery recovery_for(const std::exception& error, bool connected);

/// The SQLSTATE of a failure, "" when there is none.
std::string sqlstate_of(const std::exception& error);

/// The error with one line: what failed, the server's message, and a remedy.
Error failure(std::string_view doing, std::string_view name, const std::exception& error);

} // namespace tidemark::postgres
