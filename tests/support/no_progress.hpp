#pragma once

#include "sync/sync_log.hpp"

namespace tidemark::test {

/// Is told how a sync gets on, and keeps it to itself.
class NoProgress : public Progress {
public:
    void jobs_listed(std::size_t) override {}
    void read(std::uint64_t, std::uint64_t) override {}
    void job_read(const Job&, std::string_view) override {}
    void finished() override {}
};

} // namespace tidemark::test
