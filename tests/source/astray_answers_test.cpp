#include "parse/array_splitter.hpp"
#include "source/api_fixture.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace tidemark::source_test;

namespace {

/// `[]`, compressed.
const std::string zipped{"\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\x8B\x8E\x05\x00\x29\xBB\x4C\x0D"
                         "\x02\x00\x00\x00",
                         22};
const std::string is_zipped = "Content-Encoding: gzip\r\n";

std::string utf16(std::string_view text, bool little) {
    std::string wide;
    for (const char c : text)
        wide.append(little ? std::string{c, '\0'} : std::string{'\0', c});
    return wide;
}

/// An answer that is no list, and what is said of it.
struct Answer {
    std::string name;
    Reply reply;
    std::string said;
};

const std::string garbled = "the body cannot be unpacked as its header 'Content-Encoding' says; "
                            "check 'source.proxy', or run it again later";

const std::vector<Answer> answers = {
    {"no content",
     {"HTTP/1.1 204 No Content\r\n\r\n"},
     "the body is empty (HTTP 204), where an "
     "array belongs; check 'source.base_url'"},
    {"empty", respond(200, ""), "the body is empty (HTTP 200), where an array belongs"},
    {"said to be gzip, but plain", respond(200, "[]", is_zipped), garbled},
    {"gzip with a tail", respond(200, zipped + "tail", is_zipped), garbled},
    {"gzip whose checksum is wrong",
     respond(200, zipped.substr(0, 14) + std::string(8, '1'), is_zipped), garbled},
    {"gzip that is cut", respond(200, zipped.substr(0, 11), is_zipped), "run it again later"},
    {"gzip, and nobody says so", respond(200, zipped),
     "is compressed (gzip), and no header 'Content-Encoding' says so"},
    {"an encoding that nobody knows", respond(200, "[]", "Content-Encoding: x-rot13\r\n"), garbled},
    {"UTF-16", respond(200, "\xFF\xFE" + utf16("[]", true)), "is UTF-16, and has to be UTF-8"},
    {"UTF-16 without a mark", respond(200, utf16("[]", true)), "is UTF-16, and has to be UTF-8"},
    {"UTF-16, the other way", respond(200, utf16("[]", false)), "is UTF-16, and has to be UTF-8"},
    {"an object on each line", respond(200, "{\"Id\":1}\n{\"Id\":2}\n"),
     "is an object on each line (NDJSON), and not one array of them: '{\"Id\":1}"},
    {"an object", respond(200, "{\"error\":\"x\"}"), "it is an object: '{\"error\":\"x\"}'"},
    {"Python's None", respond(200, "None"), "it is 'None', which is no JSON"},
    {"a page for people", respond(200, "<html>"), "it is HTML or XML"},
};

/// One line, that begins small, ends without a full stop and names nothing of ours.
void check_line(const std::string& line) {
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.back() != '.');
    for (const std::string inner : {"libcurl", "simdjson", "disk/application", "unencoding"})
        CHECK_THAT(line, !ContainsSubstring(inner));
}

} // namespace

TEST_CASE("an answer that is no list says what it is and what to do, for jobs and for logs") {
    for (const Answer& answer : answers) {
        CAPTURE(answer.name);
        const HttpServer server([&](const Asked&) { return answer.reply; });
        SourceConfig config = config_for(server.url());
        config.retries = 0;
        const std::string of_list = list_failure(config);
        CHECK_THAT(of_list, ContainsSubstring(answer.said));
        check_line(of_list);
        ArraySplitter splitter{1000, [](const ArrayElement&) { return true; }};
        RecordingReader reader;
        reader.on_bytes = [&](const Job&, std::string_view chunk) { return splitter.feed(chunk); };
        open(config)->read_logs(std::vector{job(1)}, reader);
        REQUIRE(reader.failures.size() == 1);
        const std::string of_logs = reader.failures.begin()->second;
        CHECK_THAT(of_logs, ContainsSubstring(answer.said));
        check_line(of_logs);
    }
}

TEST_CASE("a byte order mark and Windows line ends in a body are no matter") {
    const std::string jobs =
        "\xEF\xBB\xBF[\r\n{\"Id\":\"" + to_text(job(1).id) + "\",\r\n\"Name\":\"job 1\"}\r\n]\r\n";
    const HttpServer server([&](const Asked&) { return respond(200, jobs); });
    CHECK(open(config_for(server.url()))->jobs().entries.size() == 1);
}

TEST_CASE("an answer without content is not asked for again, an empty one is") {
    const HttpServer silent([&](const Asked&) { return Reply{"HTTP/1.1 204 No Content\r\n\r\n"}; });
    list_failure(config_for(silent.url()));
    CHECK(silent.asked().size() == 1);
    const HttpServer empty([&](const Asked&) { return respond(200, ""); });
    list_failure(config_for(empty.url()));
    CHECK(empty.asked().size() == 4);
}

TEST_CASE("a redirect that ends nowhere is told with its end") {
    const HttpServer server([&](const Asked& asked) {
        if (asked.path == "/elsewhere") return respond(404, "");
        return respond(302, "", "Location: /elsewhere\r\n");
    });
    const std::string end = "redirected to " + server.url() +
                            "/elsewhere, failed: HTTP 404; check "
                            "'source.base_url'";
    CHECK_THAT(list_failure(config_for(server.url())), ContainsSubstring(end));
    const auto reader = read_logs(config_for(server.url()), {job(1)});
    CHECK_THAT(reader.failures.begin()->second, ContainsSubstring(end));
}

TEST_CASE("a refused key names the header that it was sent in") {
    const HttpServer server([&](const Asked&) { return respond(401, "no such key"); });
    SourceConfig config = config_for(server.url());
    config.api_key_header = "X-Key";
    CHECK_THAT(list_failure(config),
               ContainsSubstring("'source.api_key_header', which is 'X-Key'"));
}
