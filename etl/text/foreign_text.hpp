#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// What a body that should be a JSON array looks like instead, to stand in an error text after
/// "the body": `is HTML or XML, …`, `is an object, …`, `is UTF-16, …`, `is gzip, …`, `is empty`,
/// `begins with …`.
/// `beginning` is what is at hand of it; leading white space is left out.
std::string describe_foreign_body(std::string_view beginning);

/// Where text that should be JSON holds what other languages write instead (Python's None, NaN,
/// single quotes), says so, to stand behind "the record": `is not valid JSON: it holds 'None', …`.
/// "" where it does not.
std::string foreign_notation(std::string_view json);

/// Whether the bytes begin as UTF-16 does: with its byte order mark, or a NUL among the first two.
bool looks_like_utf16(std::string_view beginning);

} // namespace tidemark
