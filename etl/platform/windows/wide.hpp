#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// UTF-8 as Windows takes it.
std::wstring wide(std::string_view text);

/// What Windows says, in UTF-8.
std::string narrow(std::wstring_view text);

/// `errno`'s code for what `GetLastError()` says.
int last_error();

} // namespace tidemark
