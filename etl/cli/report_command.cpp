#include "cli/command.hpp"
#include "cli/options.hpp"
#include "error.hpp"
#include "platform/log.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "report/report.hpp"
#include "text/terminal.hpp"
#include "warehouse/own_files.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

class ReportCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "report"; }
    [[nodiscard]] std::string summary() const override {
        return "Write a page of HTML that shows how fresh the data sources are, and what failed";
    }
    [[nodiscard]] std::string example() const override { return "tidemark report report.html"; }

    void add_options(Options& options) override {
        options.text("file", "FILE", "the page; without it the file that [report] names", m_file);
    }

    ExitCode run(const Config& config) override {
        const auto file = m_file.empty() ? config.report.file : path_of(m_file);
        if (!file) {
            throw ConfigError("no file to write: give one ('tidemark report report.html'), or set "
                              "'report.file'");
        }
        refuse_own_file(*file, config, m_file.empty() ? "report.file" : "");
        write_report(config, *file, system_now());
        log(Level::info, fmt::format("wrote the report '{}'", printable(utf8(*file))));
        return ExitCode::ok;
    }

private:
    std::string m_file;
};

} // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportCommand>(); }

} // namespace tidemark
