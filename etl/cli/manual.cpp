#include "cli/manual.hpp"

#include "cli/command_line.hpp"
#include "cli/options.hpp"
#include "error.hpp"
#include "text/did_you_mean.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

/// An option as both the manual and a shell need it.
struct OptionEntry {
    std::string name;  ///< `--job`
    std::string value; ///< `JOB`; empty for a flag
    std::string help;
};

std::vector<OptionEntry> options_of(const CLI::App& app) {
    std::vector<OptionEntry> entries;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            const bool is_flag =
                option->get_expected_max() == 0 || name == "help" || name == "version";
            entries.push_back(
                {"--" + name, is_flag ? "" : option->get_type_name(), option->get_description()});
        }
    }
    return entries;
}

/// The value that has to stand without a name: `VIEW`.
std::vector<OptionEntry> positionals_of(const CLI::App& app) {
    std::vector<OptionEntry> entries;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional())
            entries.push_back({"", option->get_type_name(), option->get_description()});
    }
    return entries;
}

/// Text in which roff reads no command and no escape.
std::string roff(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\')
            escaped += "\\e";
        else if (c == '-')
            escaped += "\\-";
        else
            escaped += c;
    }
    return escaped.starts_with('.') || escaped.starts_with('\'') ? "\\&" + escaped : escaped;
}

constexpr std::string_view exit_status = R"(.SH EXIT STATUS
.TP
0
All done.
.TP
1
The source or the warehouse failed.
.TP
2
The command line or the configuration is wrong, or the key is missing.
.TP
3
Done in part, or something differs.
.TP
4
Another sync holds the warehouse.
.TP
130, 143
It was interrupted.
)";

std::string header(const std::string& page, const std::string& summary) {
    std::string upper = page;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    std::string lower = summary;
    if (lower.size() > 1 && lower[0] >= 'A' && lower[0] <= 'Z' && lower[1] >= 'a')
        lower[0] = static_cast<char>(lower[0] + 32);
    return fmt::format(".TH {} 1 \"\" \"tidemark " TIDEMARK_VERSION "\" \"Tidemark\"\n"
                       ".SH NAME\n{} \\- {}\n",
                       roff(upper), roff(page), roff(lower));
}

std::string entry(const OptionEntry& option) {
    return fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(option.name),
                       option.value.empty() ? "" : " \\fI" + roff(option.value) + "\\fR",
                       roff(option.help));
}

ManualPage command_page(const Command& command, const CLI::App& app) {
    const std::string page = "tidemark-" + command.name();
    std::string text = header(page, command.summary());
    text +=
        fmt::format(".SH SYNOPSIS\n\\fBtidemark {}\\fR [\\fIOPTION\\fR]...", roff(command.name()));
    for (const OptionEntry& value : positionals_of(app))
        text += " [\\fI" + roff(value.value) + "\\fR]";
    text += fmt::format("\n.SH DESCRIPTION\n{}.\n.SH OPTIONS\n", roff(command.summary()));
    for (const OptionEntry& option : options_of(app))
        text += entry(option);
    for (const OptionEntry& value : positionals_of(app))
        text += fmt::format(".TP\n\\fI{}\\fR\n{}\n", roff(value.value), roff(value.help));
    text += fmt::format(".SH EXAMPLE\n.nf\n{}\n.fi\n{}", roff(command.example()), exit_status);
    return {page, text + ".SH SEE ALSO\n\\fBtidemark\\fR(1)\n"};
}

ManualPage main_page(const CommandLine& line, const CLI::App& app) {
    std::string text = header("tidemark", app.get_description());
    text += ".SH SYNOPSIS\n\\fBtidemark\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n.SH DESCRIPTION\n";
    text += roff(app.get_description()) + "\n.SH COMMANDS\n";
    for (const auto& command : line.commands()) {
        text += fmt::format(".TP\n\\fBtidemark\\-{}\\fR(1)\n{}.\n", roff(command->name()),
                            roff(command->summary()));
    }
    text += ".SH FILES\n.TP\n\\fIconfig.toml\\fR\nThe configuration, in the current folder unless "
            "\\fB\\-\\-config\\fR names another.\n";
    return {"tidemark", text + std::string{exit_status}};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> names_of(const std::vector<OptionEntry>& options) {
    std::vector<std::string> names;
    for (const OptionEntry& option : options)
        names.push_back(option.name);
    return names;
}

std::string command_names(const CommandLine& line) {
    std::vector<std::string> names;
    for (const auto& command : line.commands())
        names.push_back(command->name());
    return joined(names);
}

std::string bash_completion(CommandLine& line) {
    std::string cases;
    for (const auto& command : line.commands()) {
        cases +=
            fmt::format("    {}) words='{}' ;;\n", command->name(),
                        joined(names_of(options_of(*line.app().get_subcommand(command->name())))));
    }
    return fmt::format(R"(# completes tidemark's command lines in bash
_tidemark() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words=
  COMPREPLY=()
  case $before in
    --dir|--from) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W '{}' -- "$word"); return ;;
  esac
  case ${{COMP_WORDS[1]:-}} in
{}    *) words='{} --help --version' ;;
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then words='{} --help --version'; fi
  if [[ $word == -* || $COMP_CWORD -eq 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}}
complete -F _tidemark tidemark
)",
                       joined(format_names()), cases, command_names(line), command_names(line));
}

/// A text within single quotes, for zsh and fish.
std::string in_single_quotes(std::string_view text, std::string_view quote) {
    std::string quoted;
    for (const char c : text)
        quoted += c == '\'' ? std::string{quote} : std::string{c};
    return "'" + quoted + "'";
}

/// In zsh a colon ends a name, and brackets enclose what explains it.
std::string zsh_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == ':' || c == '[' || c == ']') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string zsh_completion(CommandLine& line) {
    std::string commands;
    std::string cases;
    for (const auto& command : line.commands()) {
        commands +=
            "    " +
            in_single_quotes(command->name() + ":" + zsh_text(command->summary()), "'\\''") + "\n";
        cases += fmt::format("    {}) _arguments", command->name());
        for (const OptionEntry& option : options_of(*line.app().get_subcommand(command->name()))) {
            cases += " \\\n      " +
                     in_single_quotes(fmt::format("{}[{}]{}", option.name, zsh_text(option.help),
                                                  option.value.empty()
                                                      ? ""
                                                      : ":" + zsh_text(option.value) + ":_files"),
                                      "'\\''");
        }
        cases += " ;;\n";
    }
    return fmt::format(R"(#compdef tidemark
# completes tidemark's command lines in zsh
_tidemark() {{
  local -a commands
  commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{}  esac
}}
_tidemark "$@"
)",
                       commands, cases);
}

std::string fish_completion(CommandLine& line) {
    std::string text = "# completes tidemark's command lines in fish\n";
    for (const auto& command : line.commands()) {
        text += fmt::format("complete -c tidemark -n __fish_use_subcommand -f -a {} -d {}\n",
                            command->name(), in_single_quotes(command->summary(), "\\'"));
        for (const OptionEntry& option : options_of(*line.app().get_subcommand(command->name()))) {
            text += fmt::format("complete -c tidemark -n '__fish_seen_subcommand_from {}' -l {}{} "
                                "-d {}\n",
                                command->name(), option.name.substr(2),
                                option.value.empty() ? "" : " -r",
                                in_single_quotes(option.help, "\\'"));
        }
    }
    return text;
}

} // namespace

std::vector<ManualPage> manual_pages() {
    CommandLine line;
    std::vector<ManualPage> pages = {main_page(line, line.app())};
    for (const auto& command : line.commands())
        pages.push_back(command_page(*command, *line.app().get_subcommand(command->name())));
    return pages;
}

std::string completion_for(const std::string& shell) {
    CommandLine line;
    if (shell == "bash") return bash_completion(line);
    if (shell == "zsh") return zsh_completion(line);
    if (shell == "fish") return fish_completion(line);
    throw ConfigError(fmt::format("no completions for '{}'{}; there are some for 'bash', 'zsh' and "
                                  "'fish'",
                                  shell, did_you_mean(shell, {"bash", "zsh", "fish"})));
}

} // namespace tidemark
