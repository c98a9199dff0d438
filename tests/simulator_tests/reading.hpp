#pragma once

#include "simulator/options.hpp"
#include "simulator/organisation.hpp"
#include "simulator/simulator.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace simulator::test {

/// Members by their name in lower case, as text: what is the same however a body is written.
using Record = std::map<std::string, std::string>;

struct ReadExecution {
    Record members;                     ///< without the logs
    std::map<std::string, Record> logs; ///< by id
    std::vector<std::string> log_ids;   ///< as they came
};

struct ReadBody {
    std::map<std::string, ReadExecution> executions; ///< by id
    std::vector<std::string> ids;                    ///< as they came
};

/// Reads a body of executions. Timestamps are cut to microseconds and taken back by `shift`.
/// Throws simdjson's errors for what is no JSON.
ReadBody read_logs(std::string_view body, std::chrono::hours shift = {});

/// Options of a small organisation, and the moment at which it is looked at.
Options small_options();
Moment small_now();

/// The body of the logs of a job of the organisation.
std::string logs_text(const Options& options, Moment now, std::size_t job = 0);

/// That of the first job of the small organisation.
std::string plain_text();

Request get(const std::string& path);
Request post(const std::string& path, std::map<std::string, std::string> params = {});

/// The path of the logs of the small organisation's job.
std::string logs_path(std::size_t job = 0);

} // namespace simulator::test
