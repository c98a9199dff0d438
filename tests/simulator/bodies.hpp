#pragma once

#include "simulator/body.hpp"
#include "simulator/options.hpp"
#include "simulator/organisation.hpp"

#include <memory>
#include <optional>

namespace simulator {

/// The bodies of the six calls. Those that are streamed keep the organisation alive.
using SharedOrganisation = std::shared_ptr<const Organisation>;

Body jobs_body(const SharedOrganisation& organisation, const BodyOptions& options);
Body statuses_body(const SharedOrganisation& organisation, const BodyOptions& options);
Body status_body(const SharedOrganisation& organisation, const Job& job,
                 const BodyOptions& options);
Body execute_body(const Job& job, const Guid& trigger, const BodyOptions& options);

/// `trigger`: only the executions of that trigger's id, however it is cased.
Body logs_body(const SharedOrganisation& organisation, const Job& job, const BodyOptions& options,
               const std::optional<std::string>& trigger = {});

} // namespace simulator
