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

/// The same texts as `to_text`. A moment or day outside of the years 1 to 9999 is taken for the
/// nearest within them: nothing that is stored is outside, but a bound of a search may be.
FixedText<36> text_form(const Guid& guid);
FixedText<26> text_form(Timestamp moment);
FixedText<10> text_form(Date day);

} // namespace tidemark
