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

/// The id of a job, an execution, a trigger or a log line in the jobs API.
struct Guid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Guid&) const = default;

    /// All zeros: the API's way of saying "no trigger".
    [[nodiscard]] bool is_nil() const { return *this == Guid{}; }
};

/// Reads `d9854698-cd42-487b-8202-8683afa39b92` in upper, lower or mixed case, with or without
/// dashes, with or without braces. nullopt for anything else, which is not an error.
std::optional<Guid> parse_guid(std::string_view text);

/// The 36 characters in lower case.
std::string to_text(const Guid& guid);

} // namespace tidemark

template <> struct std::hash<tidemark::Guid> {
    std::size_t operator()(const tidemark::Guid& guid) const noexcept;
};
