#include "source/key_mask.hpp"
#include "source/request_error.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

const RequestContext context{.url = "https://h/public/jobs",
                             .limit = "'source.max_response_bytes' allows",
                             .when_missing = "the job may be gone",
                             .key_place = "the environment variable 'K'",
                             .key_header = "apiKey",
                             .secrets = {"s3cr3t"}};

std::string status_line(int status, const std::string& body = "") {
    return failure_line({.status = status, .error_body = body}, context, 1);
}

} // namespace

TEST_CASE("A failure names the request, the status and what to do") {
    CHECK(status_line(404) == "GET https://h/public/jobs failed: HTTP 404; the job may be gone");
    CHECK(failure_line({.status = 503}, context, 6) ==
          "GET https://h/public/jobs failed 6 times: HTTP 503; run it again later");
    CHECK_THAT(status_line(429), ContainsSubstring("source.max_concurrent_requests"));
    CHECK_THAT(status_line(407), ContainsSubstring("source.proxy"));
    CHECK_THAT(status_line(400), ContainsSubstring("source.base_url"));
}

TEST_CASE("A refused key says where the key comes from") {
    CHECK(status_line(401) == "the API refused the key (HTTP 401) at GET https://h/public/jobs; "
                              "check the key in the environment variable 'K', and "
                              "'source.api_key_header', which is 'apiKey'");
    CHECK_THAT(status_line(403, "no such key"), ContainsSubstring("it says 'no such key'"));
}

TEST_CASE("What a redirect led to is named, and the job is not said to be gone") {
    const HttpResponse lost{.status = 404, .url = "https://u:p@h/login?t=1"};
    CHECK(failure_line(lost, context, 1) ==
          "GET https://h/public/jobs, redirected to https://h/login, failed: HTTP 404; check "
          "'source.base_url'");
    CHECK_THAT(refused_body_line({.status = 200, .url = "https://h/login"}, context, "it is HTML"),
               ContainsSubstring("redirected to https://h/login, failed: HTTP 200, it is HTML"));
    CHECK_THAT(failure_line({.status = 404, .url = context.url}, context, 1),
               !ContainsSubstring("redirected"));
}

TEST_CASE("The library's words stand in one line") {
    const auto line =
        failure_line({.fault = Fault::unresolved, .detail = "cannot\r\nresolve."}, context, 1);
    CHECK_THAT(line, ContainsSubstring("failed: cannot resolve; check"));
}

TEST_CASE("A body that cannot be used is named like one that could not be had") {
    CHECK(refused_body_line({.status = 200}, context, "the body s3cr3t is no array") ==
          "GET https://h/public/jobs failed: HTTP 200, the body *** is no array; check "
          "'source.base_url' and 'source.proxy'");
}

TEST_CASE("A server that speaks no TLS is a matter of the address") {
    const auto line =
        failure_line({.fault = Fault::no_tls, .detail = "wrong version number"}, context, 6);
    CHECK_THAT(line, ContainsSubstring("wrong version number; check that 'source.base_url'"));
}

TEST_CASE("A redirect elsewhere is named by its origin alone") {
    const auto line = failure_line(
        {.fault = Fault::foreign_redirect, .redirect_url = "https://u:p@evil/x?t=1"}, context, 1);
    CHECK_THAT(line, ContainsSubstring("'https://evil:443'"));
    CHECK_THAT(line, !ContainsSubstring("t=1") && !ContainsSubstring("u:p"));
}

TEST_CASE("No line shows a secret, not even the part that a cut leaves") {
    CHECK_THAT(status_line(400, "bad key s3cr3t!"), ContainsSubstring("'bad key ***!'"));
    CHECK_THAT(status_line(403, "bad key s3cr3t!"), ContainsSubstring("'bad key ***!'"));
    CHECK_THAT(status_line(500, std::string(194, 'x') + "s3cr3t"), !ContainsSubstring("s3c"));
    CHECK_THAT(failure_line({.fault = Fault::unusable, .detail = "proxy u:s3cr3t@h"}, context, 1),
               !ContainsSubstring("s3cr3t"));
}

TEST_CASE("A server's error text becomes one short line of ASCII") {
    CHECK(short_error_text("  {\"a\":\n\t1}\x1B[31m ") == "{\"a\": 1} [31m");
    CHECK(short_error_text("f\xC3\xBCr") == "f??r");
    CHECK(short_error_text(std::string(300, 'x')).size() == 200);
    CHECK(short_error_text(std::string(200, 'x')) == std::string(200, 'x'));
    CHECK(short_error_text("").empty());
}

TEST_CASE("Nothing of an HTML page is shown") {
    CHECK(short_error_text("\r\n <!DOCTYPE html><p>x").empty());
}

TEST_CASE("Redacting replaces every secret and ignores empty ones") {
    CHECK(redacted("a-b-a", {"a", ""}) == "***-b-***");
    CHECK(redacted("***", {"*"}).find('*') != std::string::npos);
}
