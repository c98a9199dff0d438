#include "fuzz/targets.hpp"

#include <cstddef>
#include <cstdint>

/// libFuzzer's door; an exception that leaves it is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tidemark::fuzz::TIDEMARK_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
