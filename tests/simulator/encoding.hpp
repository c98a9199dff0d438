#pragma once

#include "simulator/reply.hpp"

namespace simulator {

/// What a client and the options agree on: validators (304 where nothing changed) and compression.
Reply encoded(Reply reply, const Request& request, const ServerOptions& options);

} // namespace simulator
