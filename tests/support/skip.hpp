#pragma once

#include "support/catch.hpp"

#include <string>

namespace tidemark::test {

/// Says that a case cannot be tried here, and why; the case returns then. ctest knows these words
/// (tests/register_cases.pl), and counts the case as skipped.
inline void skip_case(const std::string& why) {
    WARN("this case is skipped: " + why);
    SUCCEED();
}

} // namespace tidemark::test
