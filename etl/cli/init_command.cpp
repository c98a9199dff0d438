#include "cli/command.hpp"
#include "cli/dialogue.hpp"
#include "cli/findings.hpp"
#include "cli/first_look.hpp"
#include "cli/init_key.hpp"
#include "cli/options.hpp"
#include "config/first_config.hpp"
#include "config/text_file.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "source/api_source.hpp"
#include "text/terminal.hpp"
#include "text/url.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <utility>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t next_width = 32;
const std::vector<std::pair<std::string, std::string_view>> next_commands = {
    {"tidemark sync", "load the history"},
    {"tidemark messages --learn", "see the rules that your messages suggest"},
    {"tidemark check", "see what is right and what is not"},
};

class InitCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "init"; }
    [[nodiscard]] std::string summary() const override {
        return "Write a first configuration: ask for what is missing, try it, say what comes next";
    }

    void add_options(Options& options) override {
        options.text("--base-url", "URL", "the address of the jobs API", m_first.base_url);
        m_key_options.add_to(options);
        options.text("--api-key-header", "NAME",
                     "the request header that the key is sent in (without it, those that gateways "
                     "use are tried)",
                     m_header);
        options.text("--organisation", "NAME", "its name in the warehouse", m_organisation);
        options.text("--warehouse", "URL",
                     "sqlite:FILE (relative to the configuration) or "
                     "postgresql://USER@HOST/DATABASE",
                     m_warehouse);
        options.text("--schema", "NAME", "the schema that holds the tables; PostgreSQL only",
                     m_first.schema);
        options.text("--timezone", "ZONE", "IANA zone of timestamps that carry none", m_timezone);
        options.text("--proxy", "URL", "a proxy to the API", m_first.proxy);
        options.text("--ca-file", "FILE", "certificates to trust instead of the system's",
                     m_ca_file);
        options.flag("--allow-http", "allow plain http to another host", m_first.allow_http);
        options.flag("--force", "replace files that are there already", m_force);
    }

    [[nodiscard]] bool reads_config() const override { return false; }
    [[nodiscard]] bool cleans_up() const override { return true; } // what is typed shows again

    ExitCode run(const Config& config) override {
        m_file = config.file;
        refuse_existing();
        m_key_options.refuse_existing(m_file, m_force);
        if (!m_timezone.empty() && !TimeZone::find(m_timezone)) {
            throw ConfigError(fmt::format("'--timezone' is no known time zone: '{}' (use an IANA "
                                          "name such as 'Europe/Copenhagen')",
                                          m_timezone));
        }
        if (!m_ca_file.empty()) m_first.ca_file = utf8(fs::absolute(path_of(m_ca_file)));
        OpenedApi api = open_api();
        m_first.organisation =
            answer(m_organisation, "Organisation, as the warehouse calls it", m_first.organisation);
        const Finding warehouse = check_new_warehouse();
        const BodyEvidence evidence =
            inspect_bodies(*api.source.source, api.source.jobs.entries, SourceConfig{});
        m_first.states = proven_states(evidence.codes);
        std::vector<Finding> findings{listed(api.source)};
        for (Finding& finding : findings_of(evidence, m_first.states))
            findings.push_back(std::move(finding));
        findings.push_back(choose_zone(evidence));
        findings.push_back(warehouse);
        findings.push_back(write(api.key));
        const ExitCode code = print_findings(findings);
        print_next_steps();
        return code;
    }

private:
    struct OpenedApi {
        OpenedSource source;
        InitKey key;
    };

    void refuse_existing() const {
        if (m_force || !fs::exists(m_file)) return;
        throw ConfigError(fmt::format("'{}' is there already; give --force to replace it, or "
                                      "--config for another file",
                                      utf8(m_file)));
    }

    /// What was given as an option, or else what is typed, or else the default.
    [[nodiscard]] std::string answer(const std::string& given, std::string_view question,
                                     const std::string& by_default) const {
        if (!given.empty()) return given;
        return m_dialogue.can_ask() ? m_dialogue.ask(question, by_default) : by_default;
    }

    [[nodiscard]] Config so_far() const {
        return parse_config(first_config_text(m_first, m_file), m_file);
    }

    /// Asks for what is missing until the API answers. What came as an option is not asked again.
    OpenedApi open_api() {
        const bool url_given = !m_first.base_url.empty();
        for (;;) {
            if (!url_given) {
                m_first.base_url = m_dialogue.ask_for(
                    "--base-url", "Address of the jobs API, such as https://gateway.example");
            }
            try {
                m_first.base_url = as_base_url(m_first.base_url);
                static_cast<void>(so_far());
                return open_with_key();
            } catch (const Interrupted&) {
                throw;
            } catch (const KeyRefused& error) {
                rethrow(error);
            } catch (const Error& error) {
                if (url_given || !m_dialogue.can_ask()) rethrow(error);
                report_error(error);
            }
        }
    }

    /// A key that was typed and is refused is asked for again.
    OpenedApi open_with_key() {
        for (;;) {
            InitKey key = m_key_options.read(m_dialogue, m_file, m_force);
            try {
                m_first.api_key_env = key.variable;
                m_first.api_key_file = key.file.empty() ? "" : as_config_names(key.file);
                OpenedSource source = open_source(key);
                return {std::move(source), std::move(key)};
            } catch (const KeyRefused& error) {
                if (!key.was_typed) throw;
                report_error(error);
            }
        }
    }

    OpenedSource open_source(InitKey& key) {
        SourceConfig config = so_far().source;
        config.retries = 1;
        const auto forms =
            m_header.empty() ? usual_key_forms() : std::vector<KeyForm>{{m_header, ""}};
        OpenedSource opened = open_with_any_form(config, key.text, forms);
        m_first.api_key_header = opened.form.header;
        if (opened.form.prefix.empty()) return opened;
        if (!key.is_new) {
            throw ConfigError(fmt::format("the API takes the key in the header '{}' with '{}' "
                                          "before it; write it so where the key stands, and run "
                                          "this again with --api-key-header {}",
                                          opened.form.header, opened.form.prefix,
                                          opened.form.header));
        }
        key.text.insert(0, opened.form.prefix);
        return opened;
    }

    /// A file by its name alone where it stands beside the configuration.
    [[nodiscard]] std::string as_config_names(const fs::path& file) const {
        const fs::path whole = fs::absolute(file).lexically_normal();
        const fs::path config = fs::absolute(m_file).lexically_normal();
        return utf8(whole.parent_path() == config.parent_path() ? whole.filename() : whole);
    }

    /// The same error, in the words of the options.
    [[noreturn]] static void rethrow(const Error& error) {
        if (dynamic_cast<const ConfigError*>(&error) != nullptr)
            throw ConfigError(as_init_options(error.what()));
        throw Error(as_init_options(error.what()));
    }

    static void report_error(const Error& error) {
        write_stderr(fmt::format("tidemark: {}\n", printable(as_init_options(error.what()))));
    }

    [[nodiscard]] Finding listed(const OpenedSource& opened) const {
        const auto jobs = opened.jobs.entries.size();
        const auto text =
            fmt::format("{} lists {}; the key goes into the header '{}'", opened.source->name(),
                        count_of(jobs, "job"), m_first.api_key_header);
        if (jobs > 0) return {"source", "ok", text};
        return {"source", "warning", text + "; perhaps this key may see none", ExitCode::partial};
    }

    Finding check_new_warehouse() {
        for (;;) {
            m_first.warehouse =
                answer(m_warehouse, "Warehouse, sqlite:FILE or postgresql://USER@HOST/DATABASE",
                       "sqlite:tidemark.db");
            try {
                return inspect_warehouse(so_far());
            } catch (const Error& error) {
                if (!m_warehouse.empty() || !m_dialogue.can_ask()) rethrow(error);
                report_error(error);
            }
        }
    }

    Finding choose_zone(const BodyEvidence& evidence) {
        const ZoneEvidence zone = zone_evidence(evidence, system_now());
        if (zone.is_needed && m_timezone.empty() && m_dialogue.can_ask()) {
            write_stderr(fmt::format("Times: {}\n", zone.why));
            m_timezone = m_dialogue.ask(
                "Zone that they are in (an IANA name)", "UTC",
                [](const std::string& name) { return TimeZone::find(name).has_value(); });
        }
        if (zone.not_utc && m_timezone.empty())
            throw ConfigError(
                fmt::format("'--timezone' is missing: times are not UTC, {}", zone.why));
        if (!m_timezone.empty()) m_first.timezone = m_timezone;
        m_first.timezone_note = zone.is_needed && m_timezone.empty()
                                    ? "Times of this API carry no zone. Is it this one?"
                                    : "Of times that carry none.";
        if (!zone.is_needed) return {"times", evidence.newest ? "ok" : "open", zone.why};
        if (!m_timezone.empty())
            return {"times", "ok", fmt::format("{}; taken as {}", zone.why, m_timezone)};
        return {"times", "open",
                zone.why + "; taken as UTC: where that is wrong, correct 'source.timezone' before "
                           "the first sync"};
    }

    [[nodiscard]] Finding write(const InitKey& key) const {
        const Existing existing = m_force ? Existing::replace : Existing::keep;
        const std::string text = first_config_text(m_first, m_file);
        const bool secret =
            !secrets_in(m_first.warehouse).empty() || !secrets_in(m_first.proxy).empty();
        std::string written = utf8(m_file);
        if (key.is_new) {
            write_text_file(key.file, key.text + "\n", Readers::owner, existing);
            written +=
                fmt::format(", and the key in {}, which only its owner may read", utf8(key.file));
        }
        write_text_file(m_file, text, secret ? Readers::owner : Readers::all, existing);
        return {"written", "ok", written};
    }

    void print_next_steps() const {
        const std::string config =
            m_file == "config.toml" ? "" : " --config " + shell_word(utf8(m_file));
        std::cout << "\nNext:\n";
        for (const auto& [command, what] : next_commands)
            std::cout << fmt::format("  {:<{}} {}\n", command + config, next_width + config.size(),
                                     what);
    }

    Dialogue m_dialogue;
    FirstConfig m_first;
    InitKeyOptions m_key_options;
    fs::path m_file;
    std::string m_header;
    std::string m_organisation;
    std::string m_warehouse;
    std::string m_timezone;
    std::string m_ca_file;
    bool m_force = false;
};

} // namespace

std::unique_ptr<Command> make_init_command() { return std::make_unique<InitCommand>(); }

} // namespace tidemark
