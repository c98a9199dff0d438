#pragma once

#include "simulator/options.hpp"

#include <span>
#include <string_view>

namespace simulator {

/// An option by its name: on the command line `--name VALUE`, at run time `name=VALUE`.
struct OptionEntry {
    std::string_view name;
    std::string_view help;
    bool is_flag; ///< on the command line it may stand without a value, which means `on`
    void (*set)(Options& options, std::string_view value);
};

std::span<const OptionEntry> option_table();

/// Throws std::invalid_argument, naming the option, for an unknown one or a value that it cannot
/// take; `options` is then as before.
void set_option(Options& options, std::string_view name, std::string_view value);

} // namespace simulator
