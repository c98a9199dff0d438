#pragma once

#include "model/guid.hpp"
#include "model/timestamp.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace tidemark {

/// Text of a fixed width, made without an allocation: there are millions of them in a load.
template <std::size_t Width> struct FixedText {
    std::array<char, Width> chars;

    [[nodiscard]] std::string_view view() const { return {chars.data(), Width}; }
};

/// The same texts as `to_text`. A moment outside of the years 1 to 9999 throws Error, because its
/// text would be wider than the databases' order relies on.
FixedText<36> text_form(const Guid& guid);
FixedText<26> text_form(Timestamp moment);
FixedText<10> text_form(Date day);

/// The moment, or the nearest one within the years 1 to 9999: nothing that is stored is outside,
/// but the bound of a search may be.
Timestamp search_bound(Timestamp moment);

} // namespace tidemark
