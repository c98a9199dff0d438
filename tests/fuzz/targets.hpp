#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

/// What any input must hold for. Each target is a program of `./dev fuzz`, and `./dev test` runs
/// all of them over the seeds in corpus/.
namespace tidemark::fuzz {

/// A property that an input breaks.
class Broken : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

inline void require(bool holds, const std::string& property) {
    if (!holds) throw Broken(property);
}

/// A body cut anywhere gives the same elements and the same complaint as the whole, and the
/// elements that simdjson finds in it where simdjson takes it for an array. The first byte is the
/// size of a chunk.
void split_body(std::string_view input);

/// Any element of a body is read or rejected with a reason; reading it twice gives the same, its
/// texts are UTF-8 without NUL, and `head` agrees with `parse`.
void read_execution(std::string_view input);

/// A time that is read is the moment that the date library reads, and every time that the date
/// library can write is read.
void read_time(std::string_view input);

/// A configuration is taken, or refused in one line that begins with its file.
void read_config(std::string_view input);

/// Rules of any pattern, on any message: the first line is a rule's pattern, the second a
/// convention's, the rest messages. What is captured lies in the message, the same log gives the
/// same task runs, and a suggested rule matches the message that it was made from.
void apply_rules(std::string_view input);

} // namespace tidemark::fuzz
