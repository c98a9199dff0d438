#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// A part of a text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// A member within a JSON text, found without parsing it.
struct FoundMember {
    Span whole; ///< from the name's quote to the end of the value
    Span value;
};

/// The end of the value that begins at `at`.
std::size_t end_of_value(std::string_view json, std::size_t at);

/// The elements of a top-level array.
std::vector<Span> elements_of(std::string_view json);

/// The first member of this name at or after `from`, in PascalCase or camelCase, at any depth.
std::optional<FoundMember> find_member(std::string_view json, std::string_view pascal_name,
                                       std::size_t from = 0);

/// The same text with a part of it replaced.
std::string replaced(std::string_view text, Span part, std::string_view by);

/// The same text without the member and its comma.
std::string without_member(std::string_view text, const FoundMember& member);

} // namespace simulator
