#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// UTF-8 text as UTF-16, for the Windows API.
std::wstring wide(std::string_view text);

/// UTF-16 text from the Windows API, as UTF-8.
std::string narrow(std::wstring_view text);

/// The words of Windows for `GetLastError()`, in the language of this user.
std::string words_of_last_error();

/// The value of `errno` that corresponds to `GetLastError()`.
int last_error();

} // namespace tidemark
