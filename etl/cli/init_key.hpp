#pragma once

#include "cli/dialogue.hpp"

#include <filesystem>
#include <string>

namespace tidemark {
class Options;

/// The API key, and where a new configuration is to look for it.
struct InitKey {
    std::string text;
    std::string variable;       ///< the environment variable that holds it; "": a file does
    std::filesystem::path file; ///< "" with a variable
    bool is_new = false;        ///< the file has still to be written
    bool was_typed = false;     ///< so that it can be typed again
};

/// Where `init` takes the key from: never from the command line, which everybody can list.
class InitKeyOptions {
public:
    void add_to(Options& options);

    /// The key; asked for when nothing says where it is. Throws ConfigError when it cannot be had,
    /// or when its file is there already and `force` is not given.
    [[nodiscard]] InitKey read(const Dialogue& dialogue, const std::filesystem::path& config_file,
                               bool force);

private:
    std::string m_file;
    std::string m_variable;
    std::string m_of_stdin;
    bool m_from_stdin = false;
};

} // namespace tidemark
