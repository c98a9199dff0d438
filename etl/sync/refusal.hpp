#pragma once

#include "model/execution.hpp"

#include <string_view>

namespace tidemark {

/// The rejection of an execution that the warehouse already holds as that of another job, whose
/// name may be unknown ("").
Rejection held_by_another_job(const Execution& execution, std::string_view job);

} // namespace tidemark
