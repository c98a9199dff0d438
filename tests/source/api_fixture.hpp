#pragma once

#include "error.hpp"
#include "source/api_source.hpp"
#include "source/recording_reader.hpp"
#include "support/http_server.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tidemark::source_test {

using test::Asked;
using test::HttpServer;
using test::Reply;
using test::respond;

inline const std::string secret = "s3cr3t-k3y-0815";

inline Reply empty_array(const Asked&) { return respond(200, "[]"); }

/// A job by number, from 0 to 9.
inline Job job(int number) {
    std::string id = "d9854698-cd42-487b-8202-8683afa39b90";
    id.back() = static_cast<char>('0' + number);
    return {*parse_guid(id), "job " + std::to_string(number)};
}

inline std::vector<Job> some_jobs(int count) {
    std::vector<Job> all;
    for (int i = 0; i < count; ++i)
        all.push_back(job(i));
    return all;
}

inline std::string log_path(const Job& of) { return "/public/jobs/" + to_text(of.id) + "/logs"; }

inline SourceConfig config_for(const std::string& url) {
    SourceConfig config;
    config.base_url = url;
    config.retries = 3;
    return config;
}

/// Waits that tests can afford.
inline RetryPolicy quick() {
    return {std::chrono::milliseconds(2), std::chrono::milliseconds(8), std::chrono::seconds(5)};
}

inline std::unique_ptr<Source> open(const SourceConfig& config) {
    return open_api_source(config, secret, quick());
}

/// Why the list of jobs cannot be had from there; nothing when it can.
inline std::string list_failure(const SourceConfig& config) {
    try {
        open(config)->jobs();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

/// What reading the logs of some jobs from there comes to.
inline RecordingReader read_logs(const SourceConfig& config, const std::vector<Job>& jobs) {
    RecordingReader reader;
    open(config)->read_logs(jobs, reader);
    return reader;
}

} // namespace tidemark::source_test
