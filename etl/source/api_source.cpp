#include "source/api_source.hpp"

#include "error.hpp"
#include "parse/foreign_body.hpp"
#include "parse/job_parser.hpp"
#include "parse/text.hpp"
#include "source/download.hpp"
#include "source/failure.hpp"
#include "source/http.hpp"
#include "source/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace tidemark {
namespace {

constexpr std::uint64_t max_list_bytes = 64ULL << 20U;

std::string key_place(const SourceConfig& config) {
    if (config.api_key_file) return fmt::format("the file '{}'", config.api_key_file->string());
    return fmt::format("the environment variable '{}'", config.api_key_env);
}

std::vector<std::string> secrets_of(const SourceConfig& config, const std::string& key) {
    std::vector<std::string> secrets = secrets_in(config.base_url);
    std::ranges::copy(secrets_in(config.proxy.value_or("")), std::back_inserter(secrets));
    secrets.push_back(key);
    return secrets;
}

std::string base_of(std::string url) {
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

bool has_control_character(std::string_view text) { return std::ranges::any_of(text, is_control); }

/// Whether a list breaks off, as far as its ends tell.
bool ends_early(std::string_view body) {
    constexpr std::string_view white = " \t\r\n";
    const auto first = body.find_first_not_of(white);
    if (first == std::string_view::npos) return true;
    if (looks_like_utf16(body)) return false; // its ends are no brackets
    return body[first] == '[' && body[body.find_last_not_of(white)] != ']';
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
    if (origin->starts_with("http:") && !is_loopback(config.base_url) && !config.allow_http) {
        throw ConfigError("'source.base_url' would send the key over plain http; use https");
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

class ApiSource : public Source {
public:
    ApiSource(const SourceConfig& config, const std::string& key, RetryPolicy policy)
        : m_base(base_of(config.base_url)),
          m_wording({.key_place = key_place(config),
                     .key_header = config.api_key_header,
                     .secrets = secrets_of(config, key)}),
          m_max_log_bytes(config.max_response_bytes),
          m_effort({config.max_concurrent_requests, config.retries, policy}),
          m_client(http_settings(config, key)) {}

    std::vector<Job> jobs() override { return list("/public/jobs", parse_jobs); }

    std::vector<JobStatus> statuses() override {
        return list("/public/jobs/status", parse_statuses);
    }

    void read_logs(std::span<const Job> jobs, LogReader& reader) override {
        std::vector<Download> downloads;
        downloads.reserve(jobs.size());
        for (const Job& job : jobs)
            downloads.push_back(log_download(job, reader));
        download_all(m_client, std::move(downloads), m_effort);
    }

    [[nodiscard]] std::string name() const override { return without_secrets(m_base); }

    [[nodiscard]] std::uint64_t bytes_read() const override { return m_client.bytes_received(); }

private:
    [[nodiscard]] Download download(const std::string& path, std::uint64_t max_bytes) const {
        Download download{.url = m_base + path, .max_bytes = max_bytes, .wording = m_wording};
        download.wording.url = without_secrets(download.url);
        return download;
    }

    Download log_download(const Job& job, LogReader& reader) const {
        auto log = download("/public/jobs/" + to_text(job.id) + "/logs", m_max_log_bytes);
        log.wording.limit = fmt::format(
            "'source.max_response_bytes' allows ({} after decompression); raise it", log.max_bytes);
        log.wording.when_missing = "the job may be gone";
        log.stored_version = [&] { return reader.stored_version(job); };
        log.begin = [&] { reader.begin(job); };
        log.bytes = [&](std::string_view chunk) { return reader.bytes(job, chunk); };
        log.end = [&] { return reader.end(job); };
        log.succeeded = [&](const BodyVersion& version) { reader.succeeded(job, version); };
        log.unchanged = [&] { reader.unchanged(job); };
        log.failed = [&](const std::string& why) { reader.failed(job, why); };
        return log;
    }

    template <typename Item>
    std::vector<Item> list(const std::string& path, std::vector<Item> (*parse)(std::string_view)) {
        std::vector<Item> items;
        fetch(path, [&](const std::string& body) { items = parse(body); });
        return items;
    }

    /// What `take` makes of the body may be an Error: that fails it without another try.
    void fetch(const std::string& path, const std::function<void(const std::string&)>& take) {
        std::string body;
        auto one = download(path, max_list_bytes);
        one.wording.limit = "the 64 MiB that a list of jobs may have";
        one.wording.when_missing = "check 'source.base_url'";
        one.stored_version = [] { return BodyVersion{}; };
        one.begin = [&] { body.clear(); };
        one.bytes = [&](std::string_view chunk) { return body.append(chunk), true; };
        one.end = [&] {
            if (ends_early(body)) return BodyState::cut_short;
            try {
                take(body);
            } catch (const Error& error) {
                throw JobError(error.what());
            }
            return BodyState::whole;
        };
        one.succeeded = [](const BodyVersion&) {};
        one.failed = [](const std::string& why) { throw Error(why); };
        download_all(m_client, {std::move(one)}, m_effort);
    }

    std::string m_base;
    Wording m_wording;
    std::uint64_t m_max_log_bytes;
    DownloadEffort m_effort;
    HttpClient m_client;
};

} // namespace

std::unique_ptr<Source> open_api_source(const SourceConfig& config, const std::string& key,
                                        RetryPolicy policy) {
    check_usable(config, key);
    return std::make_unique<ApiSource>(config, key, policy);
}

} // namespace tidemark
