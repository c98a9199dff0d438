#include "simulator/server.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"

#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

using namespace simulator;
using namespace simulator::test;

namespace {

/// A simulator that listens, and a client of it.
struct Running {
    explicit Running(const Options& options = small_options())
        : simulator{options, Clock{small_now(), false}},
          server{simulator, options.server},
          client{server.url()} {
        client.set_read_timeout(30);
    }

    void order(const std::string& fault) {
        REQUIRE(client.Post("/simulator/fault?" + fault)->status == 200);
    }

    Simulator simulator;
    Server server;
    httplib::Client client;
};

/// What ends a plain connection on which the logs are asked for: 0, or what recv complains of.
int end_of_connection(int port) {
    const int file = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void* const where = &address;
    REQUIRE(connect(file, static_cast<const sockaddr*>(where), sizeof address) == 0);
    const std::string request = "GET " + logs_path() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    REQUIRE(send(file, request.data(), request.size(), 0) > 0);
    char bytes[4096];
    ssize_t received = 1;
    while (received > 0)
        received = recv(file, bytes, sizeof bytes, 0);
    const int error = received < 0 ? errno : 0;
    close(file);
    return error;
}

int port_of(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

} // namespace

TEST_CASE("the simulator sends the same body in every framing") {
    Running running;
    for (const char* framing : {"chunked", "length", "close"}) {
        CAPTURE(framing);
        running.client.Post(std::string{"/simulator/options?framing="} + framing);
        const auto result = running.client.Get(logs_path());
        REQUIRE(result);
        CHECK(result->status == 200);
        CHECK(result->body == plain_text());
    }
}

TEST_CASE("the simulator compresses where the client accepts it") {
    Options options = small_options();
    options.server.gzip = true;
    Running running{options};
    const auto result = running.client.Get(logs_path(), {{"Accept-Encoding", "gzip"}});
    REQUIRE(result);
    CHECK(result->body == plain_text());
    CHECK(result->get_header_value("Content-Encoding") == "gzip");
    CHECK_FALSE(running.client.Get(logs_path(), {{"Accept-Encoding", "identity"}})
                    ->has_header("Content-Encoding"));
}

TEST_CASE("a broken-off body of the simulator is an error to its client") {
    Running running;
    for (const char* kind : {"reset", "cut", "cut-length"}) {
        CAPTURE(kind);
        running.order(std::string{"count=1&after=500&kind="} + kind);
        CHECK_FALSE(running.client.Get(logs_path()));
        CHECK(running.client.Get(logs_path())->body == plain_text());
    }
}

TEST_CASE("the simulator resets a connection, or closes it") {
    Running running;
    running.order("count=1&after=500&kind=reset");
    CHECK(end_of_connection(port_of(running.server.url())) == ECONNRESET);
    running.order("count=1&after=500&kind=cut");
    CHECK(end_of_connection(port_of(running.server.url())) == 0);
}

TEST_CASE("a body of the simulator that ends early without a length is a whole answer") {
    Running running;
    running.order("count=1&after=500&kind=cut-close");
    CHECK(running.client.Get(logs_path())->body == plain_text().substr(0, 500));
}

TEST_CASE("the simulator drips byte by byte") {
    Running running;
    running.order("count=1&kind=drip&ms=0");
    CHECK(running.client.Get(logs_path())->body == plain_text());
}

TEST_CASE("the simulator ends while a client waits for a stalled body") {
    auto running = std::make_unique<Running>();
    running->order("kind=stall&after=10");
    httplib::Client client{running->server.url()};
    std::mutex mutex;
    std::condition_variable stalled;
    bool has_bytes = false;
    std::thread waiting{[&] {
        client.Get(logs_path(), [&](const char*, std::size_t) {
            const std::lock_guard lock{mutex};
            has_bytes = true;
            stalled.notify_one();
            return true;
        });
    }};
    std::unique_lock lock{mutex};
    stalled.wait(lock, [&] { return has_bytes; });
    lock.unlock();
    running.reset();
    waiting.join();
    SUCCEED("it ended");
}

TEST_CASE("a client that does wrong is told so") {
    Running running;
    const auto result = running.client.Post("/simulator/options?order=up");
    REQUIRE(result);
    CHECK(result->status == 400);
    CHECK_THAT(result->body, ContainsSubstring("'up' is none of"));
    CHECK(running.client.Get("/public/nothing")->status == 404);
}
