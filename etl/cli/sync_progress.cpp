#include "cli/sync_progress.hpp"

#include "platform/process.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace tidemark {
namespace {

using std::chrono::steady_clock;

bool stderr_is_a_terminal() {
#ifdef _WIN32
    return _isatty(_fileno(stderr)) != 0;
#else
    return isatty(STDERR_FILENO) != 0;
#endif
}

class TerminalProgress : public Progress {
public:
    void jobs_listed(std::size_t jobs) override {
        m_jobs = jobs;
        draw();
    }

    void read(std::uint64_t executions, std::uint64_t bytes) override {
        m_executions = executions;
        m_bytes = bytes;
        if (steady_clock::now() - m_drawn_at > std::chrono::milliseconds{100}) draw();
    }

    void job_read(const Job& /*job*/, std::string_view /*error*/) override {
        ++m_jobs_read;
        draw();
    }

    void finished() override { clear(); }

private:
    void draw() {
        m_drawn_at = steady_clock::now();
        const std::chrono::duration<double> seconds = m_drawn_at - m_started_at;
        const auto bytes = static_cast<double>(m_bytes);
        say(fmt::format("\r\x1b[Kjobs {}/{}  executions {}  {}  {}/s", m_jobs_read, m_jobs,
                        m_executions, human_bytes(bytes),
                        human_bytes(seconds.count() > 0 ? bytes / seconds.count() : 0)));
    }

    static void clear() { say("\r\x1b[K"); }

    steady_clock::time_point m_started_at = steady_clock::now();
    steady_clock::time_point m_drawn_at;
    std::size_t m_jobs = 0;
    std::size_t m_jobs_read = 0;
    std::uint64_t m_executions = 0;
    std::uint64_t m_bytes = 0;
};

class LineProgress : public Progress {
public:
    void jobs_listed(std::size_t jobs) override { m_jobs = jobs; }

    void read(std::uint64_t executions, std::uint64_t bytes) override {
        m_executions = executions;
        m_bytes = bytes;
    }

    void job_read(const Job& job, std::string_view error) override {
        ++m_jobs_read;
        say(fmt::format("tidemark: {} job {} of {}, '{}' ({}, {} so far)\n",
                        error.empty() ? "read" : "could not read", m_jobs_read, m_jobs,
                        printable(job.name),
                        count_of(static_cast<long long>(m_executions), "execution"),
                        human_bytes(static_cast<double>(m_bytes))));
    }

    void finished() override {}

private:
    std::size_t m_jobs = 0;
    std::size_t m_jobs_read = 0;
    std::uint64_t m_executions = 0;
    std::uint64_t m_bytes = 0;
};

} // namespace

std::unique_ptr<Progress> make_sync_progress() {
    if (stderr_is_a_terminal()) return std::make_unique<TerminalProgress>();
    return std::make_unique<LineProgress>();
}

} // namespace tidemark
