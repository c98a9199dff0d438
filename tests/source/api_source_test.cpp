#include "error.hpp"
#include "platform/interrupt.hpp"
#include "source/api_fixture.hpp"
#include "source/noted_signals.hpp"
#include "support/catch.hpp"

#include <array>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <memory>
#include <set>

using namespace tidemark;
using namespace tidemark::source_test;
using namespace std::chrono_literals;

namespace {

/// What a shell command prints.
std::string output_of(const char* command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command, "r"), ::pclose);
    std::string output;
    std::array<char, 4096> buffer{};
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        output.append(buffer.data(), count);
    }
    return output;
}

Reply gzipped(const std::string& body) { return respond(200, body, "Content-Encoding: gzip\r\n"); }

/// Lets those that meet here go on together once there are enough of them.
class Barrier {
public:
    explicit Barrier(int enough) : m_enough(enough) {}

    void join() {
        std::unique_lock lock(m_mutex);
        m_most = std::max(m_most, ++m_inside);
        m_met = m_met || m_inside == m_enough;
        m_changed.notify_all();
        m_changed.wait_for(lock, 5s, [&] { return m_met; });
        --m_inside;
    }

    [[nodiscard]] bool met() const {
        const std::lock_guard lock(m_mutex);
        return m_met;
    }
    [[nodiscard]] int most() const {
        const std::lock_guard lock(m_mutex);
        return m_most;
    }

private:
    int m_enough;
    int m_inside = 0;
    int m_most = 0;
    bool m_met = false;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
};

} // namespace

TEST_CASE("Jobs and statuses are read from below the base URL") {
    const std::string id = to_text(job(1).id);
    HttpServer server([&](const Asked& asked) {
        return asked.path == "/prefix/public/jobs"
                   ? respond(200, R"([{"Id": ")" + id + R"(", "Name": "Nightly"}])")
                   : respond(200, R"([{"JobId": ")" + id + R"(", "Status": 2, "Message": "m"}])");
    });
    const auto source = open(config_for(server.url() + "/prefix"));
    CHECK(source->jobs().entries == std::vector<Job>{{job(1).id, "Nightly"}});
    CHECK(source->statuses().entries == std::vector<JobStatus>{{job(1).id, 2, "m"}});
    CHECK(server.asked().at(1).path == "/prefix/public/jobs/status");
    CHECK(source->name() == server.url() + "/prefix");
}

TEST_CASE("A list that is none names the URL and is not tried again") {
    HttpServer server([](const Asked&) { return respond(200, "<html>sign in</html>"); });
    CHECK_THROWS_WITH(open(config_for(server.url()))->jobs(),
                      ContainsSubstring("GET " + server.url() + "/public/jobs failed: HTTP 200, "));
    CHECK(server.asked().size() == 1);
}

TEST_CASE("No list at the base URL points to the configuration") {
    HttpServer server([](const Asked&) { return respond(404, "nothing here"); });
    CHECK_THROWS_WITH(open(config_for(server.url()))->jobs(),
                      ContainsSubstring("HTTP 404, the server says 'nothing here'; check "
                                        "'source.base_url'"));
}

TEST_CASE("Each job's log is asked for once and handed over whole") {
    HttpServer server([](const Asked& asked) { return respond(200, "[\"" + asked.path + "\"]"); });
    const auto jobs = some_jobs(9);
    const auto source = open(config_for(server.url()));
    RecordingReader reader;
    source->read_logs(jobs, reader);
    std::uint64_t bytes = 0;
    for (const Job& one : jobs) {
        CHECK(reader.bodies[one.id] == "[\"" + log_path(one) + "\"]");
        bytes += reader.bodies[one.id].size();
    }
    CHECK(reader.done.size() == 9);
    CHECK(server.asked().size() == 9);
    CHECK(source->bytes_read() == bytes);
}

TEST_CASE("Connections are used again") {
    HttpServer server(empty_array);
    auto config = config_for(server.url());
    config.max_concurrent_requests = 2;
    const auto source = open(config);
    RecordingReader reader;
    source->jobs();
    source->read_logs(some_jobs(9), reader);
    CHECK(server.asked().size() == 10);
    CHECK(server.connections() <= 2);
}

TEST_CASE("Requests overlap, but no more of them than allowed") {
    Barrier barrier(3);
    HttpServer server([&](const Asked&) {
        barrier.join();
        return respond(200, "[]");
    });
    auto config = config_for(server.url());
    config.max_concurrent_requests = 3;
    const auto reader = read_logs(config, some_jobs(9));
    CHECK(reader.done.size() == 9);
    CHECK(barrier.met());
    CHECK(barrier.most() == 3);
}

TEST_CASE("A compressed body arrives decompressed") {
    HttpServer server([](const Asked&) { return gzipped(output_of("printf '[1, 2]' | gzip -c")); });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(reader.bodies[job(0).id] == "[1, 2]");
    CHECK_THAT(server.asked().at(0).headers["accept-encoding"], ContainsSubstring("gzip"));
}

TEST_CASE("A compressed body that is cut short is tried again") {
    const std::string whole = output_of("head -c 100000 /dev/urandom | base64 -w0 | gzip -c");
    std::atomic<int> count = 0;
    HttpServer server([&](const Asked&) {
        return count++ == 0 ? gzipped(whole.substr(0, whole.size() / 2)) : respond(200, "[]");
    });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(reader.bodies[job(0).id] == "[]");
    CHECK(reader.done.size() == 1);
}

TEST_CASE("A body is bounded by its size after decompression") {
    const std::string bomb = output_of("head -c 30000000 /dev/zero | gzip -c");
    HttpServer server([&](const Asked&) { return gzipped(bomb); });
    auto config = config_for(server.url());
    config.max_response_bytes = 1'000'000;
    REQUIRE(bomb.size() < config.max_response_bytes);
    auto reader = read_logs(config, some_jobs(1));
    CHECK(reader.bodies[job(0).id].size() <= config.max_response_bytes);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("larger than 'source.max_response_bytes'"));
    CHECK(server.asked().size() == 1);
}

TEST_CASE("A body that is exactly as large as allowed is read") {
    HttpServer server([](const Asked&) { return respond(200, "[    ]"); });
    auto config = config_for(server.url());
    config.max_response_bytes = 6;
    CHECK(read_logs(config, some_jobs(1)).done.size() == 1);
    config.max_response_bytes = 5;
    CHECK(read_logs(config, some_jobs(1)).failures.size() == 1);
}

TEST_CASE("A list of jobs without end is given up") {
    HttpServer server([](const Asked&) {
        return Reply{"HTTP/1.1 200 OK\r\n\r\n[", Reply::Then::close, std::string(1 << 20, ' ')};
    });
    const auto source = open(config_for(server.url()));
    CHECK_THROWS_WITH(source->jobs(), ContainsSubstring("larger than the 64 MiB"));
    CHECK(source->bytes_read() < (66U << 20U));
}

TEST_CASE("An error body without end does not hold up its status") {
    HttpServer server([](const Asked&) {
        return Reply{"HTTP/1.1 404 Gone\r\n\r\n", Reply::Then::close, std::string(1 << 16, 'x')};
    });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("HTTP 404; the job may be gone"));
}

TEST_CASE("A reader that has enough stops the transfer and succeeds") {
    HttpServer server([](const Asked&) {
        return Reply{"HTTP/1.1 200 OK\r\n\r\n[", Reply::Then::close, std::string(1 << 16, ' ')};
    });
    RecordingReader reader;
    reader.on_bytes = [](const Job&, std::string_view) { return false; };
    open(config_for(server.url()))->read_logs(some_jobs(2), reader);
    CHECK(reader.done.size() == 2);
    CHECK(reader.failures.empty());
    CHECK(server.asked().size() == 2);
}

TEST_CASE("A body that the reader refuses fails its job without another try") {
    HttpServer server(empty_array);
    RecordingReader reader;
    reader.on_bytes = [](const Job& of, std::string_view) -> bool {
        if (of == job(0)) throw JobError("it is no array");
        return true;
    };
    open(config_for(server.url()))->read_logs(some_jobs(2), reader);
    CHECK(reader.failures.size() == 1);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("/logs failed: HTTP 200, it is no array; check"));
    CHECK(reader.done == std::vector{job(1).id});
    CHECK(server.asked().size() == 2);
}

TEST_CASE("Anything else that a reader throws passes through, and the source stays usable") {
    Barrier barrier(4);
    HttpServer server([&](const Asked&) {
        if (!barrier.met()) barrier.join();
        return respond(200, "[]");
    });
    const auto source = open(config_for(server.url()));
    RecordingReader reader;
    int calls = 0;
    reader.on_bytes = [&](const Job&, std::string_view) -> bool {
        ++calls;
        throw std::logic_error("full");
    };
    CHECK_THROWS_WITH(source->read_logs(some_jobs(4), reader), "full");
    CHECK(calls == 1);
    RecordingReader another;
    source->read_logs(some_jobs(1), another);
    CHECK(another.done.size() == 1);
}

TEST_CASE("A signal interrupts while a server says nothing") {
    const NotedSignals noted;
    HttpServer server([](const Asked&) { return Reply{"", Reply::Then::stay_silent}; });
    RecordingReader reader;
    reader.on_begin = [](const Job&) { std::raise(SIGTERM); };
    const auto start = std::chrono::steady_clock::now();
    CHECK_THROWS_AS(open(config_for(server.url()))->read_logs(some_jobs(1), reader), Interrupted);
    CHECK(std::chrono::steady_clock::now() - start < 3s);
}

TEST_CASE("A signal interrupts the wait for another try") {
    const NotedSignals noted;
    HttpServer server([](const Asked&) {
        std::raise(SIGTERM);
        return respond(503, "", "Retry-After: 60\r\n");
    });
    CHECK_THROWS_AS(open_api_source(config_for(server.url()), secret)->jobs(), Interrupted);
}

TEST_CASE("A part of a body is no answer to a request for all of it") {
    const std::string part = GENERATE(as<std::string>(), "[]", R"([{"Id":1}])");
    HttpServer server(
        [&](const Asked&) { return respond(206, part, "Content-Range: bytes 0-1/999\r\n"); });
    CHECK_THROWS_WITH(open(config_for(server.url()))->jobs(),
                      ContainsSubstring("HTTP 206; it is a part of the body") &&
                          ContainsSubstring("'source.proxy'"));
    const auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(reader.done.empty());
    CHECK_THAT(reader.failures.at(job(0).id), ContainsSubstring("HTTP 206"));
    CHECK(server.asked().size() == 2);
}
