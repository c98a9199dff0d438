#pragma once

#include "simulator/body.hpp"

namespace simulator {

/// The same body compressed, while it is generated.
Body gzipped(Body body);

} // namespace simulator
