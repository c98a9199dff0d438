#include "error.hpp"
#include "source/api_fixture.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <ctime>
#include <mutex>

using namespace tidemark;
using namespace tidemark::source_test;
using namespace std::chrono_literals;

namespace {

/// Answers with `first`, then with an empty array for ever.
HttpServer::Script first_then_array(Reply first) {
    auto count = std::make_shared<std::atomic<int>>(0);
    return [=](const Asked&) { return (*count)++ == 0 ? first : respond(200, "[]"); };
}

std::string in_http_form(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

auto wait_between_tries(const std::string& header_line) {
    HttpServer server(first_then_array(respond(429, "slow down", header_line)));
    const auto reader = read_logs(config_for(server.url()), some_jobs(1));
    REQUIRE(reader.done.size() == 1);
    const auto asked = server.asked();
    REQUIRE(asked.size() == 2);
    return asked[1].at - asked[0].at;
}

/// Counts who is inside at once; each stays until three are, or for a moment.
class ConcurrencyCounter {
public:
    void join() {
        std::unique_lock lock(m_mutex);
        m_most = std::max(m_most, ++m_inside);
        m_changed.notify_all();
        m_changed.wait_for(lock, 300ms, [&] { return m_most >= 3; });
        --m_inside;
    }
    [[nodiscard]] int most() const {
        const std::lock_guard lock(m_mutex);
        return m_most;
    }

private:
    int m_inside = 0;
    int m_most = 0;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
};

} // namespace

TEST_CASE("A server that is asked too much is asked half as much at once") {
    const int status = GENERATE(429, 503);
    ConcurrencyCounter first;
    ConcurrencyCounter then;
    std::atomic<int> count = 0;
    HttpServer server([&](const Asked&) {
        const bool refused = count++ < 4;
        (refused ? first : then).join();
        return refused ? respond(status, "", "Retry-After: 0\r\n") : respond(200, "[]");
    });
    auto config = config_for(server.url());
    config.max_concurrent_requests = 4;
    CHECK(read_logs(config, some_jobs(4)).done.size() == 4);
    CHECK(first.most() >= 3);
    CHECK(then.most() <= 2);
}

TEST_CASE("A log is read again after a fault that may pass, and recovers") {
    using Then = Reply::Then;
    const Reply first = GENERATE(values<Reply>({
        respond(408, ""),
        respond(425, ""),
        respond(429, "slow down"),
        respond(500, "<html>"),
        respond(502, ""),
        respond(503, ""),
        respond(504, ""),
        {"", Then::reset},
        {"", Then::close},
        {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{\"part", Then::close},
        {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{\"part", Then::reset},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[{\r\n", Then::close},
        {"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[{\"part", Then::close},
        respond(200, "[{\"part"),
        respond(200, ""),
    }));
    CAPTURE(first.bytes);
    HttpServer server(first_then_array(first));
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(reader.failures.empty());
    CHECK(reader.done == std::vector{job(0).id});
    CHECK(reader.begun[job(0).id] == 2);
    CHECK(reader.bodies[job(0).id] == "[]");
    CHECK(server.asked().size() == 2);
}

TEST_CASE("The list of jobs is read again after a fault that may pass") {
    HttpServer server(first_then_array(
        {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{\"part", Reply::Then::close}));
    CHECK(open(config_for(server.url()))->jobs().entries.empty());
    CHECK(server.asked().size() == 2);
}

TEST_CASE("Tries end after as many retries as the configuration says") {
    HttpServer server([](const Asked&) { return respond(503, "no room"); });
    auto config = config_for(server.url());
    config.retries = GENERATE(0, 2);
    auto reader = read_logs(config, some_jobs(1));
    CHECK(server.asked().size() == static_cast<std::size_t>(config.retries) + 1);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("HTTP 503, the server says 'no room'") &&
                   ContainsSubstring("GET " + server.url() + log_path(job(0))));
    CHECK(reader.done.empty());
}

TEST_CASE("A log that always ends too early fails in the end") {
    HttpServer server([](const Asked&) { return respond(200, "[{}"); });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(server.asked().size() == 4);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("failed 4 times") && ContainsSubstring("before its array does"));
}

TEST_CASE("A server that refuses connections is tried again and named") {
    const test::ClosedPort nobody;
    auto config = config_for(nobody.url());
    auto reader = read_logs(config, some_jobs(1));
    CHECK(reader.begun[job(0).id] == 4);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("failed 4 times") && ContainsSubstring("onnect to 127.0.0.1"));
    CHECK_THROWS_WITH(open(config)->jobs(), ContainsSubstring("GET " + nobody.url()) &&
                                                ContainsSubstring("source.base_url"));
}

TEST_CASE("A host without an address is named") {
    auto config = config_for("https://nowhere.invalid");
    config.retries = 1;
    CHECK_THROWS_WITH(open(config)->jobs(),
                      ContainsSubstring("failed 2 times") && ContainsSubstring("nowhere.invalid"));
}

TEST_CASE("A server that says nothing is given up after the stall timeout") {
    HttpServer server(first_then_array({"", Reply::Then::stay_silent}));
    auto config = config_for(server.url());
    config.stall_timeout = 1s;
    auto reader = read_logs(config, some_jobs(1));
    CHECK(reader.done.size() == 1);
    CHECK(reader.begun[job(0).id] == 2);
}

TEST_CASE("A Retry-After in seconds is waited for") {
    CHECK(wait_between_tries("Retry-After: 1\r\n") >= 1s);
    CHECK(wait_between_tries("retry-after: 0\r\n") < 1s);
}

TEST_CASE("A Retry-After with a date is waited for") {
    const auto date = in_http_form(std::chrono::system_clock::now() + 2s);
    CHECK(wait_between_tries("Retry-After: " + date + "\r\n") >= 900ms);
}

TEST_CASE("A job that waits for its next try holds up no other") {
    HttpServer server([&, tries = std::make_shared<std::atomic<int>>(0)](const Asked& asked) {
        const bool busy = asked.path == log_path(job(0)) && (*tries)++ == 0;
        return busy ? respond(503, "", "Retry-After: 1\r\n") : respond(200, "[]");
    });
    auto config = config_for(server.url());
    config.max_concurrent_requests = 1;
    const auto reader = read_logs(config, some_jobs(3));
    CHECK(reader.done == std::vector{job(1).id, job(2).id, job(0).id});
}

TEST_CASE("A status that another try does not change is not tried again") {
    const int status = GENERATE(400, 404, 410, 501);
    HttpServer server([=](const Asked&) { return respond(status, "<html>page</html>"); });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(server.asked().size() == 1);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("HTTP " + std::to_string(status) + ";"));
    CHECK(reader.bodies[job(0).id].empty());
}

TEST_CASE("A job that is gone fails alone") {
    HttpServer server([](const Asked& asked) {
        return asked.path == log_path(job(1)) ? respond(404, "") : respond(200, "[]");
    });
    auto reader = read_logs(config_for(server.url()), some_jobs(3));
    CHECK(reader.done.size() == 2);
    CHECK_THAT(reader.failures[job(1).id], ContainsSubstring("HTTP 404; the job may be gone"));
}

TEST_CASE("What answers with bytes that are no HTTP is not tried again") {
    HttpServer server([](const Asked&) {
        return Reply{"SSH-2.0-OpenSSH_9.2\r\n", Reply::Then::close};
    });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(server.asked().size() == 1);
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("failed: "));
}

TEST_CASE("A server that trickles for ever is given up, one of slow but steady bytes is not") {
    HttpServer server([](const Asked& asked) -> Reply {
        const bool is_steady = asked.path == log_path(job(1));
        Reply reply{.bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
                    .then = Reply::Then::close,
                    .pace = is_steady ? 600ms : 200ms};
        (is_steady ? reply.slow : reply.endless) = is_steady ? "[   ]" : " ";
        return reply;
    });
    auto config = config_for(server.url());
    config.stall_timeout = 1s;
    config.retries = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto reader = read_logs(config, some_jobs(2));
    CHECK(std::chrono::steady_clock::now() - start < 30s); // after ten times the stall timeout
    CHECK(reader.done == std::vector{job(1).id});
    CHECK(reader.bodies.at(job(1).id) == "[   ]");
    CHECK_THAT(reader.failures.at(job(0).id),
               ContainsSubstring("only a few bytes a second arrive"));
}
