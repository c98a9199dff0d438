#pragma once

#include "cli/dialogue.hpp"

#include <filesystem>
#include <string>

namespace tidemark {
class Options;

/// The API key, and its place for a new configuration.
struct InitKey {
    std::string text;
    std::string variable;       ///< the environment variable with the key; "" when it is in a file
    std::filesystem::path file; ///< "" when it is in a variable
    bool is_new = false;        ///< the file must still be written
    bool was_typed = false;     ///< the user typed the key and can type it again
};

/// The options of `init` for the place of the key. The key itself is never an argument, because all
/// users of a machine can see command lines.
class InitKeyOptions {
public:
    void add_to(Options& options);

    /// Throws ConfigError when the key will be new and its file exists already. For before the
    /// first question.
    void refuse_existing(const std::filesystem::path& config_file, bool force) const;

    /// Reads the key, or asks for it when no option gives its place. Throws ConfigError when there
    /// is no key, or when its new file exists already and `force` is false.
    [[nodiscard]] InitKey read(const Dialogue& dialogue, const std::filesystem::path& config_file,
                               bool force);

private:
    [[nodiscard]] std::filesystem::path file_beside(const std::filesystem::path& config_file) const;

    std::string m_file;
    std::string m_variable;
    std::string m_of_stdin;
    bool m_from_stdin = false;
};

} // namespace tidemark
