#pragma once

#include "simulator/moment.hpp"
#include "simulator/reply.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace simulator {

/// Remembers since when each path has had the body that it has, as far as it was asked for.
class Modifications {
public:
    /// Says in a whole reply when its body was last modified, or replaces it by a 304 where the
    /// client has had it since.
    Reply dated(Reply reply, const Request& request, Moment now);

private:
    struct Version {
        std::uint64_t hash = 0;
        Moment since{};
    };
    std::map<std::string, Version> m_versions; ///< by path
};

} // namespace simulator
