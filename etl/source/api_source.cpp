#include "source/api_source.hpp"

#include "error.hpp"
#include "parse/job_parser.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"
#include "source/downloads.hpp"
#include "source/http_client.hpp"
#include "source/key_mask.hpp"
#include "source/request_error.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace tidemark {
namespace {

constexpr std::uint64_t max_list_bytes = 64ULL << 20U;
constexpr std::uint64_t max_answer_bytes = 1ULL << 20U;

std::string key_place(const SourceConfig& config) {
    if (config.api_key_file) return fmt::format("the file '{}'", utf8(*config.api_key_file));
    return fmt::format("the environment variable '{}'", config.api_key_env);
}

/// The part of a key that is secret: all but a word that HTTP has before it.
std::string secret_of(const std::string& key) {
    constexpr std::string_view bearer = "Bearer ";
    return key.starts_with(bearer) ? key.substr(bearer.size()) : key;
}

std::vector<std::string> secrets_of(const SourceConfig& config, const std::string& key) {
    std::vector<std::string> secrets = secrets_in(config.base_url);
    std::ranges::copy(secrets_in(config.proxy.value_or("")), std::back_inserter(secrets));
    secrets.push_back(key);
    secrets.push_back(secret_of(key));
    return secrets;
}

std::string base_of(std::string url) {
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

bool has_control_character(std::string_view text) { return std::ranges::any_of(text, is_control); }

/// Whether this is a file in the format PEM.
bool holds_certificates(const std::filesystem::path& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("-----BEGIN ")) return true;
    }
    return false;
}

void check_usable(const SourceConfig& config, const std::string& key) {
    const auto origin = origin_of(config.base_url);
    if (!origin) throw ConfigError("'source.base_url' is no http or https URL");
    if (has_control_character(key)) {
        throw ConfigError("the API key holds a control character; check " + key_place(config));
    }
    if (has_control_character(config.api_key_header)) {
        throw ConfigError("'source.api_key_header' holds a control character");
    }
    if (!config.allow_http && is_open_http(config.base_url, config.proxy.value_or(""))) {
        throw ConfigError("'source.base_url' would send the key over plain http; use https");
    }
    if (config.ca_file && !holds_certificates(*config.ca_file)) {
        throw ConfigError(fmt::format(
            "cannot read the certificates in '{}'; check 'source.ca_file'", utf8(*config.ca_file)));
    }
}

HttpSettings http_settings(const SourceConfig& config, const std::string& key) {
    return {.base_url = config.base_url,
            .key_header = config.api_key_header,
            .key = key,
            .connect_timeout = config.connect_timeout,
            .stall_timeout = config.stall_timeout,
            .proxy = config.proxy,
            .ca_file = config.ca_file};
}

/// Whether a run that was asked for was surely not queued. A server that fails, or a redirect that
/// a POST is often answered with, says nothing about that.
bool was_refused(const HttpResponse& response) {
    if (response.fault != Fault::none) return !response.was_sent;
    constexpr int request_timeout = 408;
    if (response.status == request_timeout) return false;
    return response.status / 100 == 4 || response.status == 307 || response.status == 308;
}

/// So long the answer to a POST may still come after a signal, within the time for tidying.
constexpr std::chrono::milliseconds last_wait{600};

/// Waits for the one answer that is under way; nullopt when a signal came first.
std::optional<HttpResponse> only_answer(HttpClient& client) {
    std::optional<std::chrono::steady_clock::time_point> until;
    for (;;) {
        const auto now = std::chrono::steady_clock::now();
        if (noted_signal() != 0 && !until) until = now + last_wait;
        if (until && now >= *until) return std::nullopt;
        auto ended = client.wait(std::chrono::milliseconds{50});
        if (!ended.empty()) return std::move(ended.front());
    }
}

class ApiSource : public JobsApi {
public:
    ApiSource(const SourceConfig& config, const std::string& key, RetryPolicy policy)
        : m_base(base_of(config.base_url)),
          m_context({.key_place = key_place(config),
                     .key_header = config.api_key_header,
                     .secrets = secrets_of(config, key)}),
          m_key(secret_of(key)),
          m_max_log_bytes(config.max_response_bytes),
          m_effort({config.max_concurrent_requests, config.retries, policy}),
          m_client(http_settings(config, key)) {}

    JobList jobs() override { return list<Job>("/public/jobs"); }

    JobStatusList statuses() override { return list<JobStatus>("/public/jobs/status"); }

    void read_logs(std::span<const Job> jobs, LogReader& reader) override {
        std::vector<Download> downloads;
        downloads.reserve(jobs.size());
        for (const Job& job : jobs)
            downloads.push_back(log_download(job, "", reader));
        download_all(m_client, std::move(downloads), m_effort);
    }

    void read_triggered(const Job& job, const Guid& trigger_id, LogReader& reader) override {
        download_all(m_client, {log_download(job, "/" + to_text(trigger_id), reader)}, m_effort);
    }

    QueuedRun execute(const Job& job) override {
        stop_if_interrupted();
        const auto post = download("/public/jobs/" + to_text(job.id) + "/execute", 0);
        std::string answer;
        m_client.start({.url = post.url,
                        .max_bytes = max_answer_bytes,
                        .on_bytes = [&](auto chunk) { return answer.append(chunk), true; },
                        .post = ""});
        const auto response = only_answer(m_client);
        m_client.drop_all();
        if (!response) throw AnswerLost(fmt::format("POST {}: interrupted", post.context.url));
        return queued_run(*response, answer, job, post.context);
    }

    [[nodiscard]] std::uint64_t requests() const override { return m_client.requests(); }

    void on_wait(const std::function<void(const RetryWait&)>& observer) override {
        m_effort.on_wait = observer;
    }

    [[nodiscard]] std::string name() const override { return without_secrets(m_base); }

    [[nodiscard]] std::uint64_t bytes_read() const override { return m_client.bytes_received(); }

private:
    /// Throws as `execute` does.
    [[nodiscard]] QueuedRun queued_run(const HttpResponse& response, const std::string& answer,
                                       const Job& job, RequestContext context) const {
        context.method = "POST";
        context.when_missing = "the job may be gone";
        std::string why;
        try {
            if (response.fault == Fault::none && is_answer(response.status)) {
                QueuedRun run = read_queued_run(answer, job.id);
                run.message = redacted(std::move(run.message), m_context.secrets);
                return run;
            }
            why = short_reason(response);
        } catch (const JobError& error) {
            why = fmt::format("HTTP {}, {}", response.status, error.what());
        }
        if (!was_refused(response))
            throw AnswerLost(
                redacted(fmt::format("POST {}: {}", context.url, why), m_context.secrets));
        const std::string line = failure_line(response, context, 1);
        if (refuses_key(response)) throw KeyRefused(line);
        throw Error(line);
    }

    [[nodiscard]] Download download(const std::string& path, std::uint64_t max_bytes) const {
        Download download{.url = m_base + path, .max_bytes = max_bytes, .context = m_context};
        download.context.url = without_secrets(download.url);
        return download;
    }

    /// `part` of the job's log: what follows in its path.
    Download log_download(const Job& job, const std::string& part, LogReader& reader) {
        auto log = download("/public/jobs/" + to_text(job.id) + "/logs" + part, m_max_log_bytes);
        log.context.limit = fmt::format(
            "'source.max_response_bytes' allows ({} after decompression); raise it", log.max_bytes);
        log.context.when_missing = "the job may be gone";
        log.stored_version = [&] { return reader.stored_version(job); };
        log.begin = [&] {
            reader.begin(job);
            m_masks.insert_or_assign(job.id, KeyMask{m_key, [&](std::string_view chunk) {
                                                         return reader.bytes(job, chunk);
                                                     }});
        };
        log.bytes = [&](std::string_view chunk) { return m_masks.at(job.id).feed(chunk); };
        log.end = [&] {
            m_masks.at(job.id).finish();
            return reader.end(job);
        };
        log.succeeded = [&](const BodyVersion& version) {
            m_masks.erase(job.id);
            reader.succeeded(job, version);
        };
        log.unchanged = [&] { reader.unchanged(job); };
        log.failed = [&](const std::string& why) {
            m_masks.erase(job.id);
            reader.failed(job, why);
        };
        return log;
    }

    template <typename Entry> ApiList<Entry> list(const std::string& path) {
        ApiList<Entry> result;
        std::optional<ApiListReader<Entry>> reader;
        std::optional<KeyMask> mask;
        auto one = download(path, max_list_bytes);
        one.is_list = true;
        one.context.limit = "the 64 MiB that a list of jobs may have";
        one.context.when_missing = "check 'source.base_url'";
        one.stored_version = [] { return BodyVersion{}; };
        one.begin = [&] {
            reader.emplace();
            mask.emplace(m_key, [&](std::string_view chunk) { return reader->feed(chunk), true; });
        };
        one.bytes = [&](std::string_view chunk) { return mask->feed(chunk); };
        one.end = [&] {
            mask->finish();
            if (!reader->closed()) return BodyState::cut_short;
            result = reader->result();
            return BodyState::whole;
        };
        one.succeeded = [](const BodyVersion&) {};
        one.failed = [](const std::string& why) { throw Error(why); };
        download_all(m_client, {std::move(one)}, m_effort);
        return result;
    }

    std::string m_base;
    RequestContext m_context;
    std::string m_key;
    std::uint64_t m_max_log_bytes;
    DownloadEffort m_effort;
    HttpClient m_client;
    std::map<Guid, KeyMask> m_masks; ///< of the bodies under way
};

} // namespace

std::unique_ptr<JobsApi> open_api_source(const SourceConfig& config, const std::string& key,
                                         RetryPolicy policy) {
    check_usable(config, key);
    return std::make_unique<ApiSource>(config, key, policy);
}

std::vector<KeyForm> usual_key_forms() {
    return {{"apiKey", ""},  {"X-API-Key", ""},     {"Ocp-Apim-Subscription-Key", ""},
            {"api-key", ""}, {"Authorization", ""}, {"Authorization", "Bearer "}};
}

OpenedSource open_with_any_form(SourceConfig config, const std::string& key,
                                std::span<const KeyForm> forms, RetryPolicy policy) {
    std::string refusal;
    std::vector<std::string> tried;
    for (const KeyForm& form : forms) {
        config.api_key_header = form.header;
        auto source = open_api_source(config, form.prefix + key, policy);
        try {
            JobList jobs = source->jobs();
            return {std::move(source), std::move(jobs), form};
        } catch (const KeyRefused& error) {
            if (tried.empty()) refusal = error.what();
            tried.push_back(form.header);
            if (!form.prefix.empty()) tried.back() += ": " + form.prefix + "…";
        }
    }
    if (tried.size() == 1) throw KeyRefused(refusal);
    throw KeyRefused(fmt::format("{}; the headers '{}' were tried",
                                 refusal.substr(0, refusal.rfind(';')), fmt::join(tried, "', '")));
}

} // namespace tidemark
