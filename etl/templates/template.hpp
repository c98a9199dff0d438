#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The part of a message that its mask is made from, in bytes.
constexpr std::size_t masked_bytes = 4096;

/// The beginning of a message that its mask is made from: at most `masked_bytes`, without a split
/// character. It has the same mask as the message.
std::string_view masked_part(std::string_view message);

/// Appends the mask (the log template) of a message: the message with placeholders for its variable
/// parts. These become `<guid>`, `<time>` (dates, times, durations), `<number>` (also hexadecimal,
/// addresses with their port, sizes), `<name>` (anything in quotes) and `<path>` (files, URLs,
/// names with backslashes); white space, line breaks included, becomes one space. Equal messages
/// always have equal masks. Bytes of invalid UTF-8 count as letters.
///
/// A quote opens where no letter comes before it, and closes where no letter follows, so
/// `'O'Brien'` is one name and `don't` contains none. A quote that does not close on its line is an
/// ordinary character.
void append_mask(std::string_view message, std::string& mask);

std::string mask_of(std::string_view message);

/// The kind of a variable part.
enum class PartKind { guid, time, number, name, path, space };

/// A variable part of a message, or white space that becomes one space in the mask.
struct VariablePart {
    std::size_t begin = 0; ///< in bytes; a number's sign and a name's quotes are included
    std::size_t end = 0;
    PartKind kind = PartKind::space;

    bool operator==(const VariablePart&) const = default;
};

/// The parts of `masked_part(message)`, in their order.
std::vector<VariablePart> variable_parts(std::string_view message);

/// The key of a mask: its XXH3-64 hash. Never -1, which means "unknown" in the views.
std::int64_t shape_key(std::string_view mask);

} // namespace tidemark
