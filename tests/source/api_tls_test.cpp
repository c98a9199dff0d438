#include "error.hpp"
#include "source/api_fixture.hpp"
#include "source/temporary_folder.hpp"
#include "support/catch.hpp"

#include <httplib.h>

#include <cstdlib>
#include <filesystem>

using namespace tidemark;
using namespace tidemark::source_test;

namespace {

namespace fs = std::filesystem;

/// A self-signed certificate for some name, made when the test runs.
class Certificate {
public:
    explicit Certificate(const std::string& subject) {
        const std::string command =
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tidemark-test"
            " -addext subjectAltName=" +
            subject + " -keyout " + key() + " -out " + file() + " >/dev/null 2>&1";
        m_made = std::system(command.c_str()) == 0;
    }

    [[nodiscard]] bool made() const { return m_made; }
    [[nodiscard]] std::string file() const { return (m_folder.path / "certificate.pem").string(); }
    [[nodiscard]] std::string key() const { return (m_folder.path / "key.pem").string(); }

private:
    TemporaryFolder m_folder;
    bool m_made = false;
};

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
        while (!m_server.is_running())
            std::this_thread::yield();
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
    try {
        open(config)->jobs();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("A server is trusted by its certificate alone") {
    const Certificate right("IP:127.0.0.1");
    const Certificate wrong("DNS:other.example");
    if (!right.made() || !wrong.made()) {
        WARN("no openssl command, so TLS is not tested");
        return;
    }
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
