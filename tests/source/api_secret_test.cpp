#include "error.hpp"
#include "source/api_fixture.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <cstdlib>

using namespace tidemark;
using namespace tidemark::source_test;

namespace {

Reply redirect_to(const std::string& place) {
    return respond(302, "moved", "Location: " + place + "\r\n");
}

std::string error_of(const SourceConfig& config) {
    try {
        RecordingReader reader;
        open(config)->read_logs(some_jobs(3), reader);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

struct WithVariable {
    WithVariable(const char* variable, const std::string& value) : name(variable) {
        ::setenv(name, value.c_str(), 1);
    }
    ~WithVariable() { ::unsetenv(name); }
    const char* name;
};

} // namespace

TEST_CASE("A refused key ends the reading of all logs at once") {
    HttpServer server([](const Asked&) { return respond(401, "no such key " + secret); });
    auto config = config_for(server.url());
    config.max_concurrent_requests = 1;
    const auto error = error_of(config);
    CHECK_THAT(error, ContainsSubstring("the API refused the key (HTTP 401) at GET " +
                                        server.url() + "/public/jobs/"));
    CHECK_THAT(error, ContainsSubstring("environment variable 'TIDEMARK_API_KEY'"));
    CHECK_THAT(error, !ContainsSubstring(secret));
    CHECK(server.asked().size() == 1);
}

TEST_CASE("A job that the key may not read fails, and the others are read") {
    HttpServer server([](const Asked& asked) {
        const bool forbidden = asked.path.find(to_text(job(1).id)) != std::string::npos;
        return forbidden ? respond(403, "not yours, " + secret) : respond(200, "[]");
    });
    RecordingReader reader;
    open(config_for(server.url()))->read_logs(some_jobs(3), reader);
    REQUIRE(reader.failures.size() == 1);
    CHECK_THAT(reader.failures[job(1).id],
               ContainsSubstring("(HTTP 403)") && ContainsSubstring("not yours, ***"));
    CHECK(reader.bodies[job(0).id] == "[]");
    CHECK(reader.bodies[job(2).id] == "[]");
}

TEST_CASE("A body that shows the key is read without it, wherever it is cut") {
    const std::string beginning = secret.substr(0, secret.size() - 1);
    std::string echo;
    std::string masked;
    for (int i = 0; i < 5000; ++i) { // some stand where one chunk ends and the next begins
        echo += secret + ' ';
        masked += "*** ";
    }
    echo += beginning;
    HttpServer server([&](const Asked&) { return respond(200, echo); });
    RecordingReader reader;
    open(config_for(server.url()))->read_logs(some_jobs(1), reader);
    CHECK(reader.bodies[job(0).id] == masked + beginning);
}

TEST_CASE("A list of jobs that shows the key is read without it") {
    HttpServer server([&](const Asked&) {
        return respond(200,
                       R"([{"Id":")" + to_text(job(1).id) + R"(","Name":"a )" + secret + R"("}])");
    });
    const auto jobs = open(config_for(server.url()))->jobs();
    REQUIRE(jobs.entries.size() == 1);
    CHECK(jobs.entries.front().name == "a ***");
}

TEST_CASE("A refused key names the file that it came from") {
    HttpServer server([](const Asked&) { return respond(401, ""); });
    auto config = config_for(server.url());
    config.api_key_file = "/etc/key";
    CHECK_THROWS_WITH(open(config)->jobs(), ContainsSubstring("the file '/etc/key'"));
}

TEST_CASE("The key goes into the configured header and nowhere else") {
    HttpServer server(empty_array);
    auto config = config_for(server.url());
    config.api_key_header = "X-Other";
    open(config)->jobs();
    Asked asked = server.asked().at(0);
    CHECK(asked.headers["x-other"] == secret);
    CHECK(asked.headers["user-agent"].starts_with("tidemark/"));
    CHECK(asked.method == "GET");
    CHECK(asked.path == "/public/jobs");
    asked.headers.erase("x-other");
    for (const auto& [name, value] : asked.headers)
        CHECK(value.find(secret) == std::string::npos);
}

TEST_CASE("A redirect to another origin is not followed and sees nothing of the key") {
    HttpServer elsewhere(empty_array);
    HttpServer server(
        [&](const Asked&) { return redirect_to(elsewhere.url() + "/x?t=" + secret); });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(elsewhere.connections() == 0);
    CHECK(server.asked().size() == 1);
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("another origin, '" + elsewhere.url() + "'"));
    CHECK_THAT(reader.failures[job(0).id], !ContainsSubstring(secret));
}

TEST_CASE("A redirect to another name of the same machine or to a file is not followed") {
    HttpServer server([&](const Asked& asked) {
        const auto port = asked.headers.at("host").substr(asked.headers.at("host").find(':'));
        return redirect_to(asked.path == log_path(job(0)) ? "http://localhost" + port + "/"
                                                          : "file:///etc/passwd");
    });
    auto reader = read_logs(config_for(server.url()), some_jobs(2));
    CHECK(server.asked().size() == 2);
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("'http://localhost:"));
    CHECK_THAT(reader.failures[job(1).id], ContainsSubstring("another origin"));
}

TEST_CASE("A redirect within the origin is followed with the key") {
    HttpServer server([](const Asked& asked) {
        return asked.path == "/elsewhere" ? respond(200, "[]") : redirect_to("/elsewhere");
    });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(reader.done.size() == 1);
    CHECK(reader.bodies[job(0).id] == "[]");
    CHECK(server.asked().at(1).headers["apikey"] == secret);
}

TEST_CASE("A loop of redirects ends after five") {
    HttpServer server([](const Asked& asked) { return redirect_to(asked.path); });
    auto reader = read_logs(config_for(server.url()), some_jobs(1));
    CHECK(server.asked().size() == 6);
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("too many redirects"));
}

TEST_CASE("No error shows the key or a password, whatever the server or the URL says") {
    HttpServer server([](const Asked&) { return respond(400, "key=" + secret); });
    auto config = config_for("http://user:pass0815@127.0.0.1:" + std::to_string(server.port()));
    auto reader = read_logs(config, some_jobs(1));
    CHECK_THAT(reader.failures[job(0).id],
               ContainsSubstring("'key=***'") && !ContainsSubstring("pass0815"));
    CHECK_THAT(open(config)->name(), !ContainsSubstring("pass0815"));
}

TEST_CASE("What a reader says of a body does not show the key") {
    HttpServer server([](const Asked&) { return respond(200, secret); });
    RecordingReader reader;
    reader.on_bytes = [](const Job&, std::string_view chunk) -> bool {
        throw JobError("no array: " + std::string(chunk));
    };
    open(config_for(server.url()))->read_logs(some_jobs(1), reader);
    CHECK_THAT(reader.failures[job(0).id], ContainsSubstring("no array: ***;"));
}

TEST_CASE("A proxy of the environment never sees a request") {
    HttpServer proxy(empty_array);
    HttpServer server(empty_array);
    const WithVariable variable(GENERATE("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"),
                                proxy.url());
    CHECK_NOTHROW(open(config_for(server.url()))->jobs());
    for (const std::string scheme : {"http", "https"}) {
        auto config = config_for(scheme + "://gateway.invalid");
        config.allow_http = true;
        config.retries = 0;
        CHECK_THROWS_WITH(open(config)->jobs(), ContainsSubstring("gateway.invalid"));
    }
    CHECK(proxy.connections() == 0);
    CHECK(server.asked().size() == 1);
}

TEST_CASE("The environment makes no exception from a configured proxy") {
    HttpServer proxy(empty_array);
    const WithVariable variable(GENERATE("no_proxy", "NO_PROXY"), "*");
    auto config = config_for("http://gateway.invalid");
    config.allow_http = true;
    config.proxy = proxy.url();
    CHECK(open(config)->jobs().entries.empty());
    CHECK(proxy.asked().size() == 1);
}

TEST_CASE("Plain http through a proxy on another host is refused, even to the loopback") {
    auto config = config_for("http://127.0.0.1:1");
    config.proxy = GENERATE(as<std::string>(), "http://proxy.example:3128", "proxy.example:3128",
                            "http://u:p@proxy.example", "socks5h://u:p@127.0.0.1@proxy.example");
    CHECK_THROWS_AS(open(config), ConfigError);
    config.proxy = GENERATE(as<std::string>(), "http://127.0.0.1:3128", "localhost:3128",
                            "http://u:p@[::1]:3128");
    CHECK_NOTHROW(open(config));
    config.base_url = "https://127.0.0.1:1";
    config.proxy = "http://proxy.example:3128";
    CHECK_NOTHROW(open(config));
}

TEST_CASE("A file of certificates that is not there is the configuration's fault") {
    auto config = config_for("https://gateway.example");
    config.ca_file = "/nowhere/ca.pem";
    CHECK_THROWS_AS(open(config), ConfigError);
    CHECK_THROWS_WITH(open(config), ContainsSubstring("'/nowhere/ca.pem'") &&
                                        ContainsSubstring("'source.ca_file'"));
}

TEST_CASE("A configured proxy is used, and its password is not shown") {
    HttpServer proxy([](const Asked&) { return respond(407, "who are you, pass0815?"); });
    auto config = config_for("http://gateway.invalid");
    config.allow_http = true;
    config.proxy = "http://user:pass0815@127.0.0.1:" + std::to_string(proxy.port());
    try {
        open(config)->jobs();
        FAIL("did not throw");
    } catch (const Error& error) {
        CHECK_THAT(error.what(),
                   ContainsSubstring("source.proxy") && !ContainsSubstring("pass0815"));
    }
    CHECK(proxy.asked().at(0).path == "http://gateway.invalid/public/jobs");
}

TEST_CASE("A proxy that a tunnel goes through does not see the key") {
    HttpServer proxy([](const Asked&) { return respond(502, ""); });
    auto config = config_for("https://gateway.invalid");
    config.proxy = proxy.url();
    config.retries = 0;
    CHECK_THROWS_AS(open(config)->jobs(), Error);
    const auto asked = proxy.asked().at(0);
    CHECK(asked.method == "CONNECT");
    CHECK_FALSE(asked.headers.contains("apikey"));
}

TEST_CASE("A key that would add a header of its own is refused") {
    const auto config = config_for("https://gateway.example");
    CHECK_THROWS_AS(open_api_source(config, "key\r\nX: y"), ConfigError);
}

TEST_CASE("Plain http to another host is refused unless allowed") {
    auto config = config_for("http://gateway.example");
    CHECK_THROWS_AS(open(config), ConfigError);
    config.allow_http = true;
    CHECK_NOTHROW(open(config));
    CHECK_THROWS_AS(open(config_for("ftp://gateway.example")), ConfigError);
}
