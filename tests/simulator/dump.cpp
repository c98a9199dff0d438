#include "simulator/dump.hpp"

#include "simulator/bodies.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace simulator {
namespace {

void write_file(const std::filesystem::path& file, const Body& body) {
    std::ofstream out{file, std::ios::binary};
    body([&](std::string_view piece) {
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        return out.good();
    });
    out.close();
    if (!out) throw std::runtime_error(fmt::format("cannot write '{}'", file.string()));
}

} // namespace

void dump(const Organisation& organisation, const BodyOptions& options,
          const std::filesystem::path& folder) {
    const auto shared = std::make_shared<const Organisation>(organisation);
    std::filesystem::create_directories(folder / "logs");
    write_file(folder / "jobs.json", jobs_body(shared, options));
    write_file(folder / "status.json", statuses_body(shared, options));
    for (const Job& job : shared->jobs()) {
        write_file(folder / "logs" / (to_text(job.id) + ".json"), logs_body(shared, job, options));
    }
}

} // namespace simulator
