#include "simulator/schedule.hpp"

#include "simulator/hash.hpp"

#include <algorithm>

namespace simulator {
namespace {

using namespace std::chrono;

constexpr nanoseconds drawn(std::uint64_t hash, nanoseconds limit) {
    return nanoseconds{
        static_cast<std::int64_t>(below(hash, static_cast<std::uint64_t>(limit.count())))};
}

/// In a year of daily runs, ten to three.
nanoseconds time_of_day(nanoseconds interval) {
    return std::min<nanoseconds>(interval / 8, hours{2} + minutes{50});
}

} // namespace

Moment start_of(const OrganisationOptions& options) {
    if (options.start) return *options.start;
    if (options.executions == 0) return floor<days>(options.origin) - days{30};
    const auto count = static_cast<std::int64_t>(options.executions);
    return floor<seconds>(options.origin) - count * options.interval;
}

Moment created_at(const OrganisationOptions& options, Moment start, std::size_t job,
                  std::size_t number) {
    const nanoseconds interval = options.interval;
    const auto of_job =
        drawn(hash_of(options.seed, job, 11), std::min<nanoseconds>(interval / 4, minutes{40}));
    const auto of_night = drawn(hash_of(options.seed, job, number, 12),
                                std::min<nanoseconds>(interval / 16, minutes{8}));
    const auto slot = static_cast<std::int64_t>(number) * interval;
    return floor<seconds>(start + slot + time_of_day(interval) + of_job + of_night);
}

nanoseconds duration_of(const OrganisationOptions& options, std::uint64_t hash) {
    const auto longest = std::min<nanoseconds>(options.interval / 2, minutes{6});
    return floor<microseconds>(longest / 2 + drawn(hash_of(hash, 13), longest / 2));
}

} // namespace simulator
