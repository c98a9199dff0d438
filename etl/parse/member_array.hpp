#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Whether two names of members are equal in upper or lower case of ASCII letters. False for an
/// empty name.
inline bool is_named(std::string_view name, std::string_view member) {
    if (name == member) return !member.empty();
    return std::equal(name.begin(), name.end(), member.begin(), member.end(),
                      [](char left, char right) { return (left | 0x20) == (right | 0x20); }) &&
           !member.empty();
}

/// The array, with its brackets, that is the value of an object's member; of the first one when
/// several have the name. Looks at strings and brackets only. nullopt when there is no such array,
/// or when its key contains escapes.
std::optional<std::string_view> array_of_member(std::string_view object, std::string_view member);

/// The object with `[]` in the place of an array that is in it.
std::string with_empty_array(std::string_view object, std::string_view array);

/// Whether a text has more than `most` commas, colons and opening brackets outside of its strings.
bool has_more_values(std::string_view json, std::size_t most);

/// Calls `visit` with each element of an array, as a view into it. Returns false when brackets and
/// commas do not form an array; the elements before the fault were visited then.
bool for_each_element(std::string_view array, const std::function<void(std::string_view)>& visit);

} // namespace tidemark
