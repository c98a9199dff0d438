#pragma once

#include <string>
#include <string_view>

namespace simulator {

enum class CallKind { jobs, statuses, status, execute, logs, unknown };

/// One of the API's calls, read from a request.
struct Call {
    CallKind kind = CallKind::unknown;
    std::string job;     ///< as it stands in the path
    std::string trigger; ///< of logs; empty: all
};

Call read_call(std::string_view method, std::string_view path);

} // namespace simulator
