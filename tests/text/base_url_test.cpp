#include "config/config_error.hpp"
#include "support/catch.hpp"
#include "text/url.hpp"

using tidemark::is_open_http;

namespace {

std::string refusal_of_url(const std::string& url, const std::string& rest = "") {
    return refusal_of("[source]\nbase_url = \"" + url + "\"\n" + rest);
}

} // namespace

TEST_CASE("A missing base URL is named") {
    const std::string missing = "'source.base_url' is missing (the address of the jobs API, such "
                                "as 'https://gateway.example')";
    CHECK(refusal_of("") == "config.toml:1: " + missing);
    CHECK(refusal_of("\n[source]\nretries = 1\n") == "config.toml:2: " + missing);
}

TEST_CASE("A base URL is http or https with a host") {
    const std::string place = "config.toml:2: 'source.base_url' ";
    CHECK(refusal_of_url("gateway.example") == place + "must begin with https:// or http://");
    CHECK(refusal_of_url("ftp://gateway.example") == place + "must begin with https:// or http://");
    CHECK(refusal_of_url("https:///public") == place + "must name a host");
    CHECK(refusal_of_url("https://gateway.example:port") ==
          place + "must have a number up to 65535 as its port");
    CHECK(refusal_of_url("https://gateway.example:65536") ==
          place + "must have a number up to 65535 as its port");
    CHECK(refusal_of_url("https://[::1]x") == place + "must have a number up to 65535 as its port");
    CHECK(refusal_of_url("https://gateway.example/a b") ==
          place + "must not hold spaces, backslashes or letters outside ASCII");
    CHECK(refusal_of_url("https://gateway.example?apiKey=hunter2") ==
          place + "must end with the path, without a '?' or '#'");
}

TEST_CASE("A base URL that goes on into the calls of the API is refused with where it ends") {
    const std::string refusal = "config.toml:2: 'source.base_url' must end before '/public/jobs', "
                                "which is put behind it for each call";
    for (const auto* path : {"/public", "/public/", "/public/jobs", "/PUBLIC/Jobs/",
                             "/api/public/jobs/status", "/public/jobs/1/logs"})
        CHECK(refusal_of_url(std::string{"https://gateway.example"} + path) == refusal);
    for (const auto* path : {"/publications", "/public/api", "/republic"})
        CHECK(refusal_of_url(std::string{"https://gateway.example"} + path) == "");
}

TEST_CASE("Credentials in the base URL are refused without being shown") {
    const std::string refusal = "config.toml:2: 'source.base_url' must not hold a user or a "
                                "password (the key comes from 'source.api_key_env' or "
                                "'source.api_key_file')";
    CHECK(refusal_of_url("https://etl:hunter2@gateway.example") == refusal);
    CHECK(refusal_of_url("https://hunter2@gateway.example/public") == refusal);
    CHECK(refusal_of_url("http://127.0.0.1@gateway.example") == refusal);
}

TEST_CASE("Plain http to another host needs allow_http") {
    const std::string refusal = "config.toml:2: 'source.base_url' is plain http to another host, "
                                "which would show the key to everyone on the way (use https, or "
                                "set 'source.allow_http' to true)";
    CHECK(refusal_of_url("http://gateway.example") == refusal);
    CHECK(refusal_of_url("http://gateway.example", "allow_http = false\n") == refusal);
    CHECK(refusal_of_url("http://gateway.example", "allow_http = true\n").empty());
    CHECK(refusal_of_url("http://127.0.0.1:8080").empty());
    CHECK(refusal_of_url("HTTP://gateway.example") == refusal);
}

TEST_CASE("Loopback is localhost, 127.0.0.0/8 and [::1]") {
    for (const auto* url : {"http://localhost", "http://LocalHost:1", "http://127.0.0.1/x",
                            "http://127.255.1.2:80", "http://[::1]:8080", "https://any.example"}) {
        CAPTURE(url);
        CHECK_FALSE(is_open_http(url));
    }
    for (const auto* url : {"http://127.0.0.1.example", "http://127.1", "http://128.0.0.1",
                            "http://localhost.example", "http://[::2]", "http://127.0.0.256",
                            "http://1270.0.0.1", "http://127.0.0.1.", "http://127.0.0.-1"}) {
        CAPTURE(url);
        CHECK(is_open_http(url));
    }
}
