#include "support/catch.hpp"
#include "text/url.hpp"

using namespace tidemark;

TEST_CASE("An origin is scheme, host and port") {
    CHECK(origin_of("https://Gateway.Example/a?b") == "https://gateway.example:443");
    CHECK(origin_of("http://u:p@h:8080") == "http://h:8080");
    CHECK(origin_of("https://h:443/x") == origin_of("https://h"));
    CHECK(origin_of("http://h") != origin_of("https://h"));
    CHECK(origin_of("https://h.evil") != origin_of("https://h"));
}

TEST_CASE("What is no http URL has no origin") {
    CHECK(origin_of("") == std::nullopt);
    CHECK(origin_of("file:///etc/passwd") == std::nullopt);
    CHECK(origin_of("gateway.example") == std::nullopt);
    CHECK(origin_of("http://") == std::nullopt);
}

TEST_CASE("A URL for people has no user, password, query or fragment") {
    CHECK(without_secrets("https://u:p@h:1/a/b?key=1#x") == "https://h:1/a/b");
    CHECK(without_secrets("::").find("::") == std::string::npos);
}

TEST_CASE("The secrets of a URL are its user with password, and the password alone") {
    CHECK(secrets_in("http://u:p@h/x@y") == std::vector<std::string>{"u:p", "p"});
    CHECK(secrets_in("u:p@h:3128") == std::vector<std::string>{"u:p", "p"});
    CHECK(secrets_in("http://u@h") == std::vector<std::string>{"u"});
    CHECK(secrets_in("http://h/x@y").empty());
    CHECK(secrets_in("").empty());
}
