#pragma once

#include <cstdint>
#include <string>

namespace simulator {

/// An id as the API writes it. All zeros: no trigger.
struct Guid {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    bool operator==(const Guid&) const = default;
};

/// The id that belongs to a hash; the same for the same hash.
Guid guid_of(std::uint64_t hash);

/// Appends the 36 characters in lower case.
void append(std::string& out, const Guid& guid);

std::string to_text(const Guid& guid);

} // namespace simulator
