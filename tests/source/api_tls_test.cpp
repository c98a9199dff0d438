#include "error.hpp"
#include "source/api_fixture.hpp"
#include "support/catch.hpp"
#include "support/certificate.hpp"
#include "support/wait_until.hpp"

#include <httplib.h>

#include <filesystem>

using namespace tidemark;
using namespace tidemark::source_test;
using tidemark::test::Certificate;

namespace {

namespace fs = std::filesystem;

class TlsServer {
public:
    explicit TlsServer(const Certificate& certificate)
        : m_server(certificate.file().c_str(), certificate.key().c_str()) {
        m_server.Get("/public/jobs", [this](const httplib::Request&, httplib::Response& response) {
            ++m_requests;
            response.set_content("[]", "application/json");
        });
        m_port = m_server.bind_to_any_port("127.0.0.1");
        m_thread = std::jthread([this] { m_server.listen_after_bind(); });
    }
    ~TlsServer() {
        test::becomes_so([this] { return m_server.is_running(); });
        m_server.stop();
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] int requests() const { return m_requests; }

private:
    httplib::SSLServer m_server;
    std::atomic<int> m_requests = 0;
    int m_port = 0;
    std::jthread m_thread;
};

/// What reading the jobs from there with that CA file comes to; nothing when it works.
std::string error_of(const TlsServer& server, const std::optional<fs::path>& ca_file) {
    auto config = config_for(server.url());
    config.ca_file = ca_file;
    return list_failure(config);
}

} // namespace

TEST_CASE("A server is trusted by its certificate alone") {
    const Certificate right("IP:127.0.0.1");
    const Certificate wrong("DNS:other.example");
    SECTION("one that nobody vouches for is refused at once, without a request") {
        const TlsServer server(right);
        CHECK_THAT(error_of(server, std::nullopt), ContainsSubstring("the server is not trusted") &&
                                                       ContainsSubstring("failed: ") &&
                                                       ContainsSubstring("source.ca_file"));
        CHECK(server.requests() == 0);
    }
    SECTION("one that the CA file vouches for is accepted") {
        const TlsServer server(right);
        CHECK(error_of(server, right.file()).empty());
        CHECK(server.requests() == 1);
    }
    SECTION("one of another name is refused even so") {
        const TlsServer server(wrong);
        CHECK_THAT(error_of(server, wrong.file()), ContainsSubstring("the server is not trusted"));
        CHECK(server.requests() == 0);
    }
    SECTION("a CA file that is missing is named") {
        const TlsServer server(right);
        CHECK_THAT(error_of(server, "/nowhere/ca.pem"), ContainsSubstring("/nowhere/ca.pem"));
    }
}
