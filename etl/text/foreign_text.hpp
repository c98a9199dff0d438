#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// Describes a body that should be a JSON array and is none, for an error text after "the body":
/// `is HTML or XML, …`, `is an object, …`, `is UTF-16, …`, `is gzip, …`, `is empty`, `begins with
/// …`. `beginning` is the known beginning of the body; leading white space is skipped.
std::string describe_foreign_body(std::string_view beginning);

/// Describes text that should be JSON and contains notation of another language (None of Python,
/// NaN, single quotes), for an error text after "the record": `is not valid JSON: it holds 'None',
/// …`. "" when it contains none.
std::string foreign_notation(std::string_view json);

/// Whether the bytes begin like UTF-16: with its byte order mark, or with a NUL among the first
/// two.
bool looks_like_utf16(std::string_view beginning);

} // namespace tidemark
