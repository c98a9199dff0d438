#include "cli/options.hpp"

#include <CLI/CLI.hpp>

#include <map>

namespace tidemark {

void Options::flag(const std::string& name, const std::string& help, bool& given) {
    m_app.add_flag(name, given, help);
}

void Options::text(const std::string& name, const std::string& value, const std::string& help,
                   std::string& text) {
    m_app.add_option(name, text, help)->type_name(value);
}

void Options::required_text(const std::string& name, const std::string& value,
                            const std::string& help, std::string& text) {
    m_app.add_option(name, text, help)->type_name(value)->required();
}

void Options::jobs(std::vector<std::string>& patterns) {
    m_app
        .add_option("--job", patterns,
                    "only this job, by name or id, with * and ?; can be given more than once")
        ->type_name("JOB")
        ->allow_extra_args(false);
}

void Options::format(Format& format) {
    const std::map<std::string, Format> formats{
        {"table", Format::table}, {"csv", Format::csv}, {"json", Format::json}};
    m_app.add_option("--format", format, "table, csv or json")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->type_name("FORMAT")
        ->default_str("table");
}

void Options::exclude(const std::string& name, const std::string& other) {
    m_app.get_option(name)->excludes(m_app.get_option(other));
}

} // namespace tidemark
