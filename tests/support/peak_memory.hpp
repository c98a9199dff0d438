#pragma once

#include <cstdint>

namespace tidemark::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// What the address sanitizer keeps of memory that was freed, as tests/main.cpp tells it.
constexpr std::int64_t quarantine_bytes = 32 << 20;

/// The most memory that this process held since this object was made, beyond what it held then.
class PeakMemory {
public:
    PeakMemory();
    [[nodiscard]] std::int64_t bytes() const;

private:
    std::int64_t m_before;
};

} // namespace tidemark::test
