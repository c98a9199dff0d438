#pragma once

#include "cli/row_printer.hpp"
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

/// What a sub-command takes on its command line. `help` is the line beside it in `--help`; `value`
/// is the word there for what has to be given. The variables are filled by the parsing, and have to
/// outlive it.
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

    /// `--format table|csv|json|ndjson|markdown`
    void format(Format& format);

    /// The same, and `--wide` for a table on a terminal.
    void format(Format& format, bool& wide);

    /// `--log-format text|json`
    void log_format(LogFormat& format);

    /// An option that may be given more than once, with one value each.
    void texts(const std::string& name, const std::string& value, const std::string& help,
               std::vector<std::string>& texts);

    /// A whole number from 1 on.
    void number(const std::string& name, const std::string& help,
                std::optional<std::size_t>& number);

    /// `--csv-separator`, `--csv-decimal`, `--bom`
    void csv(CsvStyle& style);

    /// It is an error to give both; both have been declared.
    void exclude(const std::string& name, const std::string& other);

private:
    CLI::App& m_app;
};

/// What `--format` takes.
std::vector<std::string> format_names();

/// What is wrong with the options of a command line, and what was probably meant: one line.
/// `arguments` is what follows the program's name.
std::string option_error(const CLI::ParseError& error, const CLI::App& app,
                         const std::vector<std::string>& arguments);

} // namespace tidemark
