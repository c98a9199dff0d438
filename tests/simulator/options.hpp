#pragma once

#include "simulator/moment.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace simulator {

/// Something that happens to a job, from a moment on.
struct JobEvent {
    std::size_t job = 0;
    Moment at = Moment::min();

    bool operator==(const JobEvent&) const = default;
};

/// Something that happens to the execution of this number, counted from the job's first.
struct ExecutionEvent {
    std::size_t job = 0;
    std::size_t number = 0;
    std::optional<Moment> at;

    bool operator==(const ExecutionEvent&) const = default;
};

enum class Vocabulary { samples, finished, verbose };

/// What the organisation is: with the clock, all that its history depends on.
struct OrganisationOptions {
    std::uint64_t seed = 1;
    std::size_t jobs = 5;
    std::chrono::nanoseconds interval = std::chrono::hours{24}; ///< between a job's executions
    std::size_t logs = 26;                                      ///< lines of one execution
    std::optional<Moment> start;                                ///< of the history
    std::size_t executions = 0;                  ///< of each job at `origin`; 0: 30 days of them
    Moment origin{};                             ///< the clock when the program began
    std::optional<std::chrono::hours> retention; ///< none: everything is kept
    unsigned fail_percent = 8;                   ///< of the executions
    unsigned trigger_percent = 15;               ///< of the executions: started through the API
    unsigned logless_percent = 0;                ///< of the executions: without any log
    std::optional<std::chrono::seconds> pickup = std::chrono::seconds{30}; ///< none: never
    std::vector<JobEvent> renames;
    std::vector<JobEvent> task_renames; ///< of the job's first task
    std::vector<JobEvent> disappearances;
    std::vector<ExecutionEvent> stays_open; ///< executions that never end
    std::vector<ExecutionEvent> vanishes;   ///< the same, and gone after `at` or 36 hours
    bool eventful = false;                  ///< one of each of the above
    Vocabulary wording = Vocabulary::samples;

    bool operator==(const OrganisationOptions&) const = default;
};

enum class Order { oldest, newest, none };
enum class Members { documented, reversed, shuffled };
enum class Absent { present, null, missing };
enum class OpenEnd { null, missing, minimum };
enum class TimeForm { plain, z, offset, zone };

/// How a body shows what it holds.
struct BodyOptions {
    Order order = Order::newest;     ///< of the executions
    Order log_order = Order::oldest; ///< of the lines within an execution
    bool camel_case = false;
    Members members = Members::documented;
    bool extras = false;
    Absent empty_logs = Absent::present; ///< of an execution that has no line
    OpenEnd open_end = OpenEnd::null;    ///< `EndTime` while it runs
    TimeForm time = TimeForm::plain;
    std::string zone;                 ///< for TimeForm::zone
    std::chrono::minutes offset{120}; ///< for TimeForm::offset
    std::optional<unsigned> fraction; ///< digits; none: varying, without trailing zeros
    int first_state = 0;              ///< the code of `running`; completed and failed follow
    unsigned indent = 0;              ///< blanks per level; 0: all in one line
    bool escape_non_ascii = false;
};

enum class Framing { chunked, length, close };

/// How the program answers.
struct ServerOptions {
    int port = 0;
    std::string key; ///< empty: every key will do, and none
    std::string key_header = "apiKey";
    bool forbid = false;
    std::chrono::milliseconds latency{0};
    bool gzip = false; ///< where the client accepts it
    bool etag = false;
    bool last_modified = false;
    Framing framing = Framing::chunked;
    std::filesystem::path folder;      ///< saved bodies to serve instead; empty: none
    std::filesystem::path certificate; ///< a PEM file, for https; empty: http
    std::filesystem::path private_key; ///< the certificate's
};

struct Options {
    OrganisationOptions organisation;
    BodyOptions body;
    ServerOptions server;
};

} // namespace simulator
