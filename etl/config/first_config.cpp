#include "config/first_config.hpp"

#include "config/toml_document.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

std::string line(std::string_view key, std::string_view value) {
    return fmt::format("{} = {}\n", key, toml_text(value));
}

std::string source_section(const FirstConfig& first) {
    std::string text =
        "[source]\n" + line("organisation", first.organisation) + line("base_url", first.base_url);
    if (first.api_key_file.empty()) {
        text += line("api_key_env", first.api_key_env);
    } else {
        text += line("api_key_file", first.api_key_file);
    }
    text += line("api_key_header", first.api_key_header);
    text += fmt::format("# {}\n", first.timezone_note) + line("timezone", first.timezone);
    if (!first.proxy.empty()) text += line("proxy", first.proxy);
    if (!first.ca_file.empty()) text += line("ca_file", first.ca_file);
    if (first.allow_http) text += "allow_http = true\n";
    return text;
}

std::string states_section(const std::optional<StateMap>& states) {
    const StateMap map = states.value_or(StateMap{});
    return fmt::format(
        "\n# {}\n[source.states]\nnone = {}\nrunning = {}\ncompleted = {}\nfailed = {}\n",
        states ? "The codes that were seen prove these."
               : "No code that was seen proves these: 'tidemark check' says when one does.",
        map.none, map.running, map.completed, map.failed);
}

std::string warehouse_section(const FirstConfig& first) {
    return "\n[warehouse]\n" + line("url", first.warehouse) +
           (first.schema.empty() ? "" : line("schema", first.schema));
}

constexpr std::string_view what_follows = R"(
# What a message says of which task is for [[attribution.rule]] to say. There is no rule yet: nobody
# has published what the messages look like. After the first sync 'tidemark messages --learn'
# proposes some out of yours.

# The oldest that a data source's last success may be before it counts as late.
#[freshness]
#default = "26h"
)";

/// An error without its file and line, which nobody has seen yet.
std::string without_place(const std::string& words, const std::string& file) {
    const auto number = words.starts_with(file + ":") ? file.size() + 1 : std::string::npos;
    const auto end = number == std::string::npos ? number : words.find(": ", number);
    return end == std::string::npos ? words : words.substr(end + 2);
}

} // namespace

std::string first_config_text(const FirstConfig& first, const std::filesystem::path& file) {
    std::string text =
        "# Written by 'tidemark init'. The README of Tidemark says what each key means.\n\n" +
        source_section(first) + states_section(first.states) + warehouse_section(first) +
        std::string{what_follows};
    try {
        parse_config(text, file);
    } catch (const ConfigError& error) {
        throw ConfigError(without_place(error.what(), utf8(file)));
    }
    return text;
}

} // namespace tidemark
