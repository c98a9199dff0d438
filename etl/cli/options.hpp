#pragma once

#include "cli/row_output.hpp"
#include "platform/log.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace tidemark {

/// Declares the options of a sub-command. `help` is the description in `--help`, `value` the
/// placeholder for the value there. Parsing sets the variables, which must outlive it.
class Options {
public:
    explicit Options(CLI::App& app) : m_app(app) {}

    void flag(const std::string& name, const std::string& help, bool& given);
    void text(const std::string& name, const std::string& value, const std::string& help,
              std::string& text);
    void required_text(const std::string& name, const std::string& value, const std::string& help,
                       std::string& text);

    /// `--job JOB`, which may be given more than once, with one value each.
    void jobs(std::vector<std::string>& patterns);

    /// `--format`, `--wide` and `--output`, of the rows that a command prints.
    void output(OutputStyle& style);

    /// `--log-format text|json`
    void log_format(LogFormat& format);

    /// An option that may be given more than once, with one value each.
    void texts(const std::string& name, const std::string& value, const std::string& help,
               std::vector<std::string>& texts);

    /// An integer of at least 1.
    void number(const std::string& name, const std::string& help,
                std::optional<std::size_t>& number);

    /// `--csv-separator`, `--csv-decimal`, `--bom`
    void csv(CsvStyle& style);

    /// Makes two declared options exclusive.
    void exclude(const std::string& name, const std::string& other);

private:
    CLI::App& m_app;
};

/// The values of `--format`.
std::vector<std::string> format_names();

/// One line about an error in the options, with a suggestion. `arguments` are those after the
/// program's name.
std::string option_error(const CLI::ParseError& error, const CLI::App& app,
                         const std::vector<std::string>& arguments);

} // namespace tidemark
