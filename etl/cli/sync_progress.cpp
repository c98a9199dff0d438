#include "cli/sync_progress.hpp"

#include "platform/console.hpp"
#include "platform/log.hpp"
#include "platform/process.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tidemark {
namespace {

using std::chrono::steady_clock;

std::string percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? "" : fmt::format(" ({} %)", 100 * part / whole);
}

/// By the jobs that are read; nothing before the first and after the last.
std::string time_left(std::size_t part, std::size_t whole, double seconds) {
    if (part == 0 || part >= whole) return "";
    const auto left = seconds * static_cast<double>(whole - part) / static_cast<double>(part);
    return fmt::format("  about {} left", human_seconds(left));
}

/// `waiting 4 s to try again, 3 of 6: could not resolve host`
std::string wait_text(const RetryWait& wait) {
    const std::chrono::duration<double> delay = wait.delay;
    return fmt::format("waiting {:.{}f} s to try again, {} of {}: {}", delay.count(),
                       delay.count() < 2 ? 1 : 0, wait.next_try, wait.tries, printable(wait.why));
}

/// What all of them do with the number of the sync.
class LoggedProgress : public Progress {
public:
    void began(Key sync_run_key) override { set_logged_sync(sync_run_key); }
};

class TerminalProgress : public LoggedProgress {
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

    void waiting(const RetryWait& wait) override { write_stderr("\r\x1b[K" + wait_text(wait)); }

    void finished() override { clear(); }

private:
    void draw() {
        m_drawn_at = steady_clock::now();
        const std::chrono::duration<double> seconds = m_drawn_at - m_started_at;
        const auto bytes = static_cast<double>(m_bytes);
        write_stderr(fmt::format("\r\x1b[Kjobs {}/{}{}  executions {}  {}  {}/s{}", m_jobs_read,
                                 m_jobs, percent(m_jobs_read, m_jobs), m_executions,
                                 human_bytes(bytes),
                                 human_bytes(seconds.count() > 0 ? bytes / seconds.count() : 0),
                                 time_left(m_jobs_read, m_jobs, seconds.count())));
    }

    static void clear() { write_stderr("\r\x1b[K"); }

    steady_clock::time_point m_started_at = steady_clock::now();
    steady_clock::time_point m_drawn_at;
    std::size_t m_jobs = 0;
    std::size_t m_jobs_read = 0;
    std::uint64_t m_executions = 0;
    std::uint64_t m_bytes = 0;
};

class LineProgress : public LoggedProgress {
public:
    void jobs_listed(std::size_t jobs) override { m_jobs = jobs; }

    void read(std::uint64_t executions, std::uint64_t bytes) override {
        m_executions = executions;
        m_bytes = bytes;
    }

    void job_read(const Job& job, std::string_view error) override {
        ++m_jobs_read;
        log(error.empty() ? Level::info : Level::warning,
            fmt::format("{} job {} of {}, '{}' ({}, {} so far)",
                        error.empty() ? "read" : "could not read", m_jobs_read, m_jobs,
                        printable(job.name), count_of(m_executions, "execution"),
                        human_bytes(static_cast<double>(m_bytes))));
    }

    void waiting(const RetryWait& wait) override { log(Level::info, wait_text(wait)); }

    void finished() override {}

private:
    std::size_t m_jobs = 0;
    std::size_t m_jobs_read = 0;
    std::uint64_t m_executions = 0;
    std::uint64_t m_bytes = 0;
};

class QuietProgress : public LoggedProgress {
public:
    void jobs_listed(std::size_t /*jobs*/) override {}
    void read(std::uint64_t /*executions*/, std::uint64_t /*bytes*/) override {}
    void job_read(const Job& /*job*/, std::string_view /*error*/) override {}
    void finished() override {}
};

} // namespace

std::unique_ptr<Progress> make_quiet_progress() { return std::make_unique<QuietProgress>(); }

std::unique_ptr<Progress> make_sync_progress() {
    const Logging& how = logging();
    if (how.verbosity == Verbosity::quiet) return make_quiet_progress();
    const bool is_plain = how.verbosity == Verbosity::normal && how.format == LogFormat::text;
    if (is_plain && stderr_is_a_terminal()) return std::make_unique<TerminalProgress>();
    return std::make_unique<LineProgress>();
}

} // namespace tidemark
