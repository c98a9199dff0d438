#pragma once

#include "simulator/call.hpp"
#include "simulator/reply.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simulator {

struct Fault;

/// A way for an answer to go wrong.
struct FaultKind {
    std::string_view name;
    std::string_view help;
    bool on_bytes; ///< acts on what is sent, after compression; else on the text
    Reply (*apply)(Reply reply, const Fault& fault);
};

std::span<const FaultKind> fault_table();

/// A fault that was ordered: for which calls, how often, and its figures.
struct Fault {
    const FaultKind* kind = nullptr;
    std::string call = "logs";          ///< jobs, status, execute, logs, all
    std::string job;                    ///< number or id; empty: every job
    std::optional<std::uint64_t> count; ///< none: for ever
    int status = 503;
    std::string retry_after; ///< seconds; or `date:SECONDS`, as a date so far ahead
    std::string url;
    std::uint64_t after = 1000; ///< bytes that still arrive
    std::uint64_t bytes = 8 << 20U;
    std::chrono::milliseconds pace{20};
    std::uint64_t step = 1;
    std::size_t element = 0;           ///< which execution of the body
    std::string member = "CreateTime"; ///< `JobExecutionLogs.Id`: of its first log line
    std::optional<std::string> value;  ///< JSON; none: the member is missing
};

/// Reads `kind=reset`, `job=2`, `count=1` and so on. Throws std::invalid_argument.
Fault read_fault(const std::map<std::string, std::string>& params);

/// The same from `kind=reset,job=2,count=1`.
Fault read_fault(std::string_view text);

bool concerns(const Fault& fault, const Call& call, std::optional<std::size_t> job_number);

} // namespace simulator
