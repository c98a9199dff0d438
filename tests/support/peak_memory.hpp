#pragma once

#include <cstdint>

namespace tidemark::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// The most memory that this process held since this object was made, beyond what it held then.
class PeakMemory {
public:
    PeakMemory();
    [[nodiscard]] std::int64_t bytes() const;

private:
    std::int64_t m_before;
};

} // namespace tidemark::test
