#include "platform/environment.hpp"

#include "platform/arguments.hpp"

#include <cstdlib>

namespace tidemark {

Arguments::Arguments(int argc, char** argv) : m_texts(argv, argv + argc) { point_to_texts(); }

std::optional<std::string> environment(const std::string& name) {
    const char* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): never changed
    return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

} // namespace tidemark
