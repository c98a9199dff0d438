#include "cli/command.hpp"
#include "cli/options.hpp"
#include "platform/path_text.hpp"
#include "powerbi/check.hpp"
#include "powerbi/project.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

#include <iostream>

namespace tidemark {
namespace {

std::vector<std::string> findings_in(const powerbi::Files& files, Warehouse& warehouse) {
    const auto model = powerbi::read_model(files);
    auto findings = powerbi::check_model(model);
    for (const auto& more :
         {powerbi::check_sources(model, warehouse), powerbi::check_report(files, model)})
        findings.insert(findings.end(), more.begin(), more.end());
    return findings;
}

class PowerBiCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "powerbi"; }
    [[nodiscard]] std::string summary() const override {
        return "Write a Power BI project that reads the warehouse, or check one";
    }

    [[nodiscard]] std::string example() const override { return "tidemark powerbi project"; }

    void add_options(Options& options) override {
        options.required_text("dir", "DIR", "the project's folder", m_folder);
        options.flag("--check", "write nothing; compare the project in DIR with the warehouse",
                     m_check);
        options.flag("--overwrite", "write over files in DIR that were changed since", m_overwrite);
        options.exclude("--check", "--overwrite");
    }

    ExitCode run(const Config& config) override {
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        return m_check ? check(*warehouse) : write(*warehouse);
    }

private:
    ExitCode check(Warehouse& warehouse) const {
        const auto findings = findings_in(powerbi::read_files(path_of(m_folder)), warehouse);
        for (const std::string& finding : findings)
            std::cout << finding << '\n';
        std::cerr << fmt::format("{} in the project in '{}'\n",
                                 findings.empty() ? "nothing is wrong"
                                 : findings.size() == 1
                                     ? "1 thing is wrong"
                                     : fmt::format("{} things are wrong", findings.size()),
                                 m_folder);
        return findings.empty() ? ExitCode::ok : ExitCode::partial;
    }

    ExitCode write(Warehouse& warehouse) const {
        const auto files = powerbi::project_files(warehouse, warehouse.address());
        powerbi::write_project(path_of(m_folder), files,
                               m_overwrite ? powerbi::Overwrite::everything
                                           : powerbi::Overwrite::unchanged);
        std::cerr << fmt::format("wrote {} files into '{}'; open Tidemark.pbip there with Power BI"
                                 " Desktop\n",
                                 files.size(), m_folder);
        return ExitCode::ok;
    }

    std::string m_folder;
    bool m_check = false;
    bool m_overwrite = false;
};

} // namespace

std::unique_ptr<Command> make_powerbi_command() { return std::make_unique<PowerBiCommand>(); }

} // namespace tidemark
