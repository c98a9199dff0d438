#include "core_file.hpp"

#ifndef _WIN32
#include <sys/resource.h>
#endif

namespace tidemark {

void forbid_core_file() {
#ifndef _WIN32
    rlimit limit{};
    if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
    limit.rlim_cur = 0; // the hard limit stays: who debugs can raise it again
    setrlimit(RLIMIT_CORE, &limit);
#endif
}

} // namespace tidemark
