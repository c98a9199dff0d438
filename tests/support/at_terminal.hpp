#pragma once

#include "support/program.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tidemark::test {

/// What is typed once the screen has shown something.
struct Typed {
    std::string after; ///< what is waited for
    std::string text;  ///< without the line's end, which follows it; "\x03" is Ctrl-C, alone
};

/// `tidemark ARGUMENTS` at a terminal of so many columns, with these answers: `out` is all that the
/// terminal showed, lines ended by `\n`. An answer whose question never comes is not typed. Without
/// a `key` its environment variable is not set.
Ran run_at_terminal(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                    const std::vector<Typed>& answers = {}, int columns = 80,
                    const std::string& key = "a-secret-key",
                    const std::map<std::string, std::string>& environment = {});

} // namespace tidemark::test
