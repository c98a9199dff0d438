#include "cli/command.hpp"
#include "cli/manual.hpp"
#include "cli/options.hpp"
#include "error.hpp"
#include "platform/durable_file.hpp"
#include "platform/path_text.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

namespace tidemark {
namespace {

class ManualCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "manual"; }
    [[nodiscard]] std::string summary() const override {
        return "Print a page of the manual, for 'man -l -'";
    }
    [[nodiscard]] std::string example() const override { return "tidemark manual sync | man -l -"; }
    [[nodiscard]] bool reads_config() const override { return false; }

    void add_options(Options& options) override {
        options.text("command", "COMMAND", "of this command; of the whole program unless given",
                     m_command);
        options.text("--dir", "DIR", "write all pages into this folder instead", m_folder);
    }

    ExitCode run(const Config& /*config*/) override {
        const auto pages = manual_pages();
        if (!m_folder.empty()) {
            std::filesystem::create_directories(path_of(m_folder));
            for (const ManualPage& page : pages)
                replace_file(path_of(m_folder) / (page.name + ".1"), page.text);
            return ExitCode::ok;
        }
        const std::string wanted = m_command.empty() ? "tidemark" : "tidemark-" + m_command;
        std::vector<std::string> names;
        for (const ManualPage& page : pages) {
            if (page.name == wanted) {
                std::cout << page.text;
                return ExitCode::ok;
            }
            if (page.name != "tidemark") names.push_back(page.name.substr(9));
        }
        throw ConfigError(
            fmt::format("no command '{}'{}", m_command, did_you_mean(m_command, names)));
    }

private:
    std::string m_command;
    std::string m_folder;
};

class CompletionCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "completion"; }
    [[nodiscard]] std::string summary() const override {
        return "Print what bash, zsh or fish needs to complete command lines";
    }
    [[nodiscard]] std::string example() const override {
        return "source <(tidemark completion bash)";
    }
    [[nodiscard]] bool reads_config() const override { return false; }

    void add_options(Options& options) override {
        options.required_text("shell", "SHELL", "bash, zsh or fish", m_shell);
    }

    ExitCode run(const Config& /*config*/) override {
        std::cout << completion_for(m_shell);
        return ExitCode::ok;
    }

private:
    std::string m_shell;
};

} // namespace

std::unique_ptr<Command> make_manual_command() { return std::make_unique<ManualCommand>(); }
std::unique_ptr<Command> make_completion_command() { return std::make_unique<CompletionCommand>(); }

} // namespace tidemark
