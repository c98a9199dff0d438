#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A mask looks at no more of a message than this.
constexpr std::size_t masked_bytes = 4096;

/// The beginning of a message that its mask is made of: whole characters, at most `masked_bytes`.
/// It has the same mask as the message.
std::string_view masked_part(std::string_view message);

/// Appends the mask of a message: what is left when the parts that differ from one occurrence to
/// the next are taken out. They become `<guid>`, `<time>` (dates, times, durations), `<number>`
/// (also hexadecimal, addresses with their port, sizes), `<name>` (anything in quotes) and `<path>`
/// (files, URLs, names with backslashes); white space, line breaks included, becomes one space.
/// Pure: the same message has the same mask, whenever it comes. Bytes that are no UTF-8 are taken
/// as letters.
///
/// A quote opens where no letter stands before it and closes where none follows, so `'O'Brien'` is
/// one name and `don't` none. One that does not close on its line is a character like any other.
void append_mask(std::string_view message, std::string& mask);

std::string mask_of(std::string_view message);

/// What a part of a message is taken for.
enum class PartKind { guid, time, number, name, path, space };

/// A part of a message that its mask leaves out, or white space that it makes one space of.
struct VariablePart {
    std::size_t begin = 0; ///< in bytes; a number's sign and a name's quotes are in it
    std::size_t end = 0;
    PartKind kind = PartKind::space;

    bool operator==(const VariablePart&) const = default;
};

/// The parts of `masked_part(message)`, in their order.
std::vector<VariablePart> variable_parts(std::string_view message);

/// The key of the messages that have this mask: XXH3-64. Never -1, which stands for "unknown" in
/// the views.
std::int64_t shape_key(std::string_view mask);

} // namespace tidemark
