#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// A job's, an execution's, a trigger's or a log line's id, as the jobs API hands them out.
struct Guid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Guid&) const = default;

    /// All zeros: the API's way of saying "no trigger".
    [[nodiscard]] bool is_nil() const { return *this == Guid{}; }
};

/// Reads `d9854698-cd42-487b-8202-8683afa39b92` in upper, lower or mixed case, with or without
/// dashes, bare or within braces. Anything else is nullopt, which is not an error.
std::optional<Guid> parse_guid(std::string_view text);

/// The 36 characters in lower case.
std::string to_text(const Guid& guid);

} // namespace tidemark

template <> struct std::hash<tidemark::Guid> {
    std::size_t operator()(const tidemark::Guid& guid) const noexcept;
};
