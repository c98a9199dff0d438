#pragma once

#include "simulator/clock.hpp"
#include "simulator/fault.hpp"
#include "simulator/options.hpp"

#include <filesystem>
#include <vector>

namespace simulator {

/// What the program was asked to do.
struct CommandLine {
    Options options;
    Moment now{};
    bool ticking = false;
    std::vector<Fault> faults;
    std::filesystem::path dump; ///< empty: serve
    int exit_code = -1;         ///< -1: go on; else the help was shown or something is wrong
};

CommandLine read_command_line(int argc, char** argv);

} // namespace simulator
