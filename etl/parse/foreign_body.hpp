#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// What a body that should be a JSON array looks like instead, to stand in an error text after
/// "the body": `is HTML or XML, …`, `is an object, …`, `is UTF-16, …`, `is empty`, `begins with …`.
/// `beginning` is what is at hand of it; leading white space is left out.
std::string describe_foreign_body(std::string_view beginning);

/// Whether the bytes begin as UTF-16 does: with its byte order mark, or a NUL among the first two.
bool looks_like_utf16(std::string_view beginning);

} // namespace tidemark
