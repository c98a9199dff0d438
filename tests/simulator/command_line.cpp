#include "simulator/command_line.hpp"

#include "simulator/option_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>

namespace simulator {
namespace {

/// Lets CLI11 report what a setter throws.
std::function<void(const std::string&)> reporting(std::function<void(const std::string&)> set) {
    return [set = std::move(set)](const std::string& value) {
        try {
            set(value);
        } catch (const std::invalid_argument& error) {
            throw CLI::ValidationError(error.what());
        }
    };
}

void add_table(CLI::App& app, Options& options) {
    for (const OptionEntry& entry : option_table()) {
        const auto set = reporting([&options, name = entry.name](const std::string& value) {
            set_option(options, name, value);
        });
        CLI::Option* option = app.add_option_function<std::string>(fmt::format("--{}", entry.name),
                                                                   set, std::string{entry.help});
        if (entry.is_flag) option->expected(0, 1)->default_str("on");
    }
}

std::string key_from(const std::string& variable) {
    const char* const key = std::getenv(variable.c_str());
    if (key == nullptr)
        throw std::invalid_argument(fmt::format("the variable '{}' is not set", variable));
    return key;
}

std::string fault_help() {
    std::string text = "go wrong: kind=KIND,call=logs,job=JOB,count=N,..., with one of the kinds";
    for (const FaultKind& kind : fault_table()) {
        text.append("\n  ").append(kind.name).append(": ").append(kind.help);
    }
    return text;
}

void add_rest(CLI::App& app, CommandLine& line) {
    app.add_option("--port", line.options.server.port, "0: a free one");
    app.add_option_function<std::string>(
        "--now", reporting([&](const std::string& text) { line.now = parse_moment(text); }),
        "the simulated moment (default: that of the machine's clock)");
    app.add_flag("--ticking", line.ticking, "let the simulated clock go on");
    app.add_option_function<std::string>("--key-env", reporting([&](const std::string& variable) {
                                             line.options.server.key = key_from(variable);
                                         }),
                                         "environment variable that holds the accepted key");
    app.add_option_function<std::vector<std::string>>(
        "--fault",
        [&](const std::vector<std::string>& texts) {
            for (const auto& text : texts) {
                reporting([&](const std::string& one) {
                    line.faults.push_back(read_fault(std::string_view{one}));
                })(text);
            }
        },
        fault_help());
    app.add_option("--dump", line.dump, "write the bodies into this folder, and end");
}

} // namespace

CommandLine read_command_line(int argc, char** argv) {
    CommandLine line;
    line.now = std::chrono::system_clock::now();
    CLI::App app{"A simulator of the TimeXtender jobs API. All that it says is synthetic."};
    add_table(app, line.options);
    add_rest(app, line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        line.exit_code = app.exit(error) == 0 ? 0 : 2;
    }
    line.options.organisation.origin = line.now;
    return line;
}

} // namespace simulator
