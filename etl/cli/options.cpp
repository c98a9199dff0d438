#include "cli/options.hpp"

#include "text/did_you_mean.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 5> formats = {
    {{"table", Format::table},
     {"csv", Format::csv},
     {"json", Format::json},
     {"ndjson", Format::ndjson},
     {"markdown", Format::markdown}}};

constexpr std::array<std::pair<std::string_view, LogFormat>, 2> log_formats = {
    {{"text", LogFormat::text}, {"json", LogFormat::json}}};

/// The one of these words that was given, with what it stands for.
template <typename Meant, std::size_t Count>
Meant meant_by(const std::string& option, const std::string& word,
               const std::array<std::pair<std::string_view, Meant>, Count>& words) {
    std::vector<std::string> known;
    for (const auto& [name, meant] : words) {
        if (lower_case(word) == name) return meant;
        known.emplace_back(name);
    }
    throw CLI::ValidationError(fmt::format("'{}' must be one of '{}', not '{}'{}", option,
                                           fmt::join(known, "', '"), word,
                                           did_you_mean(word, known)),
                               CLI::ExitCodes::ValidationError);
}

/// Refuses an empty value, which comes of a variable that is not set and means nothing.
auto not_empty(const std::string& name) {
    return [name](const std::string& word) {
        if (!word.empty()) return;
        throw CLI::ValidationError(fmt::format("'{}' must not be empty", name),
                                   CLI::ExitCodes::ValidationError);
    };
}

std::size_t number_of(const std::string& name, const std::string& word) {
    std::size_t number = 0;
    const char* end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    if (error == std::errc{} && stop == end && number > 0) return number;
    throw CLI::ValidationError(fmt::format("'{}' must be a number from 1 on, not '{}'", name, word),
                               CLI::ExitCodes::ValidationError);
}

constexpr std::array<std::pair<std::string_view, char>, 4> separators = {
    {{",", ','}, {";", ';'}, {"|", '|'}, {"tab", '\t'}}};
constexpr std::array<std::pair<std::string_view, char>, 2> decimals = {{{".", '.'}, {",", ','}}};

/// The command that was given, or the program where none was.
const CLI::App& given_command(const CLI::App& app) {
    const auto given = app.get_subcommands();
    return given.empty() ? app : *given.front();
}

std::vector<std::string> option_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    }
    return names;
}

/// Of the arguments that nothing takes, the first option, or else the first.
std::string unexpected(const CLI::App& app, const std::vector<std::string>& arguments) {
    const auto left = app.remaining(true);
    std::string found;
    for (const std::string& argument : arguments) {
        if (std::find(left.begin(), left.end(), argument) == left.end()) continue;
        if (argument.starts_with('-')) return argument;
        if (found.empty()) found = argument;
    }
    return found;
}

std::string extras_error(const CLI::App& app, const CLI::App& command,
                         const std::vector<std::string>& arguments) {
    const std::string word = unexpected(app, arguments);
    if (!word.starts_with('-')) return fmt::format("'{}' is one argument too many", word);
    if (arguments.front().starts_with('-')) {
        return fmt::format("'{}' stands before the command; write the command first",
                           arguments.front());
    }
    const std::string name = word.substr(0, word.find('='));
    return fmt::format("unknown option '{}'{}", name, did_you_mean(name, option_names(command)));
}

/// What the parser says of an option: `--format: 1 required FORMAT missing`.
std::string mismatch_error(std::string_view words) {
    const std::string_view name = words.substr(0, words.find(':'));
    const bool too_many = words.find("At Most") != std::string_view::npos;
    return fmt::format("'{}' {}", name, too_many ? "can be given only once" : "needs a value");
}

/// `--offline excludes --from`, `--to is required`.
std::string sentence_error(std::string words, std::string_view verb, std::string_view between,
                           std::string_view end) {
    const std::size_t at = words.find(verb);
    if (at == std::string::npos) return words;
    const std::string rest = words.substr(at + verb.size());
    return fmt::format("'{}'{}{}{}", words.substr(0, at), between,
                       rest.empty() ? "" : "'" + rest + "'", end);
}

/// `--to: '--to' must not be empty`: the parser puts the name before what a check says.
std::string check_error(std::string words) {
    const auto at = words.find(": '");
    if (at == std::string::npos) return words;
    const std::string quoted_name = fmt::format("'{}'", words.substr(0, at));
    return words.substr(at + 2).starts_with(quoted_name) ? words.substr(at + 2) : words;
}

std::string what_is_wrong(const CLI::ParseError& error, const CLI::App& app,
                          const std::vector<std::string>& arguments) {
    std::string words = error.what();
    words = words.substr(0, words.find('\n'));
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
        return extras_error(app, given_command(app), arguments);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return mismatch_error(words);
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr)
        return sentence_error(words, " excludes ", " and ", " cannot be given together");
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
        return sentence_error(words, " is required", " is missing", "");
    return check_error(words);
}

} // namespace

void Options::flag(const std::string& name, const std::string& help, bool& given) {
    m_app.add_flag(name, given, help);
}

void Options::text(const std::string& name, const std::string& value, const std::string& help,
                   std::string& text) {
    m_app.add_option(name, text, help)->type_name(value)->each(not_empty(name));
}

void Options::required_text(const std::string& name, const std::string& value,
                            const std::string& help, std::string& text) {
    m_app.add_option(name, text, help)->type_name(value)->each(not_empty(name))->required();
}

void Options::jobs(std::vector<std::string>& patterns) {
    m_app
        .add_option("--job", patterns,
                    "only this job, by name or id, with * and ?; can be given more than once")
        ->type_name("JOB")
        ->allow_extra_args(false)
        ->each(not_empty("--job"));
}

std::vector<std::string> format_names() {
    std::vector<std::string> names;
    for (const auto& [name, format] : formats)
        names.emplace_back(name);
    return names;
}

void Options::output(OutputStyle& style) {
    m_app
        .add_option_function<std::string>(
            "--format",
            [&style](const std::string& word) {
                style.format = meant_by("--format", word, formats);
            },
            "table, csv, json, ndjson or markdown; the ending of --output decides without it")
        ->type_name("FORMAT")
        ->default_str("table");
    flag("--wide", "on a terminal too: every column, as wide as it is", style.wide);
    text("--output", "FILE", "write to this file instead, which is replaced when all is there",
         style.file);
}

void Options::log_format(LogFormat& format) {
    m_app
        .add_option_function<std::string>(
            "--log-format",
            [&format](const std::string& word) {
                format = meant_by("--log-format", word, log_formats);
            },
            "of lines on stderr: text, or json")
        ->type_name("FORMAT")
        ->default_str("text");
}

void Options::texts(const std::string& name, const std::string& value, const std::string& help,
                    std::vector<std::string>& texts) {
    m_app.add_option(name, texts, help)
        ->type_name(value)
        ->allow_extra_args(false)
        ->each(not_empty(name));
}

void Options::number(const std::string& name, const std::string& help,
                     std::optional<std::size_t>& number) {
    m_app
        .add_option_function<std::string>(
            name, [name, &number](const std::string& word) { number = number_of(name, word); },
            help)
        ->type_name("N");
}

void Options::csv(CsvStyle& style) {
    m_app
        .add_option_function<std::string>(
            "--csv-separator",
            [&style](const std::string& word) {
                style.separator = meant_by("--csv-separator", word, separators);
            },
            "of csv: ',', ';', '|' or tab")
        ->type_name("SEPARATOR")
        ->default_str(",");
    m_app
        .add_option_function<std::string>(
            "--csv-decimal",
            [&style](const std::string& word) {
                style.decimal = meant_by("--csv-decimal", word, decimals);
            },
            "of numbers in csv: '.' or ','")
        ->type_name("MARK")
        ->default_str(".");
    m_app.add_flag("--bom", style.bom, "begin csv with a byte order mark, for Excel");
}

void Options::exclude(const std::string& name, const std::string& other) {
    m_app.get_option(name)->excludes(m_app.get_option(other));
}

std::string option_error(const CLI::ParseError& error, const CLI::App& app,
                         const std::vector<std::string>& arguments) {
    const CLI::App& command = given_command(app);
    const std::string help = &command == &app ? "" : command.get_name() + " ";
    return fmt::format("{}; see 'tidemark {}--help'", what_is_wrong(error, app, arguments), help);
}

} // namespace tidemark
