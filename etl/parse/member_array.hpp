#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

namespace tidemark {

/// Whether a member's name is this one, in ASCII letters of either case. "" is no name.
inline bool is_named(std::string_view name, std::string_view member) {
    if (name == member) return !member.empty();
    return std::equal(name.begin(), name.end(), member.begin(), member.end(),
                      [](char left, char right) { return (left | 0x20) == (right | 0x20); }) &&
           !member.empty();
}

/// Where the array stands, brackets included, that is the value of an object's member. The first
/// member of that name counts. Knows strings and brackets, nothing
/// else; nullopt when there is no such array, or when its key is written with escapes.
std::optional<std::string_view> array_of_member(std::string_view object, std::string_view member);

/// Hands over the elements of an array, each a view into it. Returns false, after those before the
/// fault, when brackets and commas make no array.
bool for_each_element(std::string_view array, const std::function<void(std::string_view)>& visit);

} // namespace tidemark
