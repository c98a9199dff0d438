#include "support/peak_memory.hpp"

#include <malloc.h>

#include <fstream>
#include <string>

namespace tidemark::test {
namespace {

std::int64_t peak_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) * 1024;
    }
    return 0;
}

/// Memory that was freed before is not to hide what is needed.
std::int64_t reset_peak() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5" << std::flush;
    return peak_bytes();
}

} // namespace

PeakMemory::PeakMemory() : m_before(reset_peak()) {}

std::int64_t PeakMemory::bytes() const { return peak_bytes() - m_before; }

} // namespace tidemark::test
