#pragma once

#include <string>
#include <vector>

namespace tidemark {

/// A page of the manual, for `man`.
struct ManualPage {
    std::string name; ///< `tidemark-sync`
    std::string text; ///< roff
};

/// The page of `tidemark` and one for each command, with the texts of `--help`.
std::vector<ManualPage> manual_pages();

/// A shell script that completes commands, options and files. `shell` is `bash`, `zsh` or `fish`;
/// throws ConfigError for another word.
std::string completion_for(const std::string& shell);

} // namespace tidemark
