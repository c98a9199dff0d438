#pragma once

#include <string>
#include <vector>

namespace tidemark {

/// A page of the manual, for `man`.
struct ManualPage {
    std::string name; ///< `tidemark-sync`
    std::string text; ///< roff
};

/// `tidemark` and a page per command, from the same source as `--help`.
std::vector<ManualPage> manual_pages();

/// What a shell reads to complete command lines: commands, options, files. `shell` is `bash`, `zsh`
/// or `fish`; throws ConfigError for another word.
std::string completion_for(const std::string& shell);

} // namespace tidemark
