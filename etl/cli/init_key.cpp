#include "cli/init_key.hpp"

#include "cli/options.hpp"
#include "config/config.hpp"
#include "config/secrets.hpp"
#include "config/text_file.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view default_key_file = "tidemark.key";
constexpr const char* default_key_variable = "TIDEMARK_API_KEY";

void refuse_existing_key(const fs::path& file, bool force) {
    if (force || !fs::exists(file)) return;
    throw ConfigError(fmt::format("'{}' is there already; give --api-key-file {} to use it, or "
                                  "--force to replace it",
                                  utf8(file), shell_word(utf8(file))));
}

std::string key_of_stdin() {
    constexpr std::size_t most_bytes = 65536;
    constexpr std::chrono::minutes patience{10};
    const TextFile read = read_standard_input(most_bytes, patience);
    if (!read.error.empty()) {
        throw ConfigError("cannot read the API key from the standard input: " + read.error);
    }
    return checked_api_key(read.text, "the standard input");
}

/// A key that is to stand in this file, which must not be there yet.
InitKey new_key(std::string text, const fs::path& file, bool force) {
    refuse_existing_key(file, force);
    return {.text = std::move(text), .file = file, .is_new = true};
}

} // namespace

void InitKeyOptions::add_to(Options& options) {
    options.text("--api-key-file", "FILE",
                 "the file that holds the key; where it is not there yet, the key is written to it",
                 m_file);
    options.text("--api-key-env", "NAME", "the environment variable that holds the key",
                 m_variable);
    options.flag("--api-key-stdin", "read the key from the standard input", m_from_stdin);
    options.exclude("--api-key-stdin", "--api-key-env");
}

fs::path InitKeyOptions::file_beside(const fs::path& config_file) const {
    return m_file.empty() ? config_file.parent_path() / default_key_file : path_of(m_file);
}

void InitKeyOptions::refuse_existing(const fs::path& config_file, bool force) const {
    const bool is_typed =
        m_file.empty() && m_variable.empty() && !environment(default_key_variable);
    if (m_from_stdin || is_typed) refuse_existing_key(file_beside(config_file), force);
}

InitKey InitKeyOptions::read(const Dialogue& dialogue, const fs::path& config_file, bool force) {
    const fs::path file = file_beside(config_file);
    if (m_from_stdin) {
        InitKey key = new_key("", file, force);
        if (m_of_stdin.empty()) m_of_stdin = key_of_stdin(); // it cannot be read twice
        key.text = m_of_stdin;
        return key;
    }
    if (!m_file.empty() && fs::exists(file)) {
        return {.text = read_api_key({.api_key_file = file}), .file = file};
    }
    const char* variable = m_variable.empty() ? default_key_variable : m_variable.c_str();
    if (!m_variable.empty() || environment(variable)) {
        std::string text = read_api_key({.api_key_env = variable});
        if (!m_file.empty()) return new_key(std::move(text), file, force);
        return {.text = std::move(text), .variable = variable};
    }
    InitKey key = new_key("", file, force);
    if (!dialogue.can_ask()) {
        throw ConfigError(fmt::format("there is no API key in '{}' nor in the environment variable "
                                      "'{}', and no terminal to ask at; give it with "
                                      "--api-key-stdin",
                                      utf8(file), variable));
    }
    key.text = checked_api_key(
        dialogue.ask_for("--api-key-file",
                         "API key (in the portal: Admin, Security and permissions, API keys; it is "
                         "not shown here)",
                         Echo::off),
        "what was typed");
    key.was_typed = true;
    return key;
}

} // namespace tidemark
