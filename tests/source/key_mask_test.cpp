#include "source/key_mask.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

const std::string base64_key = "secretkey+12345/abc==";

/// What is left of a text that arrives in pieces of this size.
std::string masked(const std::string& text, std::size_t piece, const std::string& key) {
    std::string passed;
    KeyMask mask(key, [&](std::string_view chunk) {
        passed += chunk;
        return true;
    });
    for (std::size_t at = 0; at < text.size(); at += piece)
        mask.feed(std::string_view{text}.substr(at, piece));
    mask.finish();
    return passed;
}

} // namespace

TEST_CASE("A key is masked as JSON may write it, wherever the body is cut") {
    const std::string echo = R"({"a":"secretkey+12345/abc==","b":"secretkey\u002B12345/abc==",)"
                             R"("c":"secretkey\u002b12345/abc==","d":"secretkey+12345\/abc==",)"
                             R"("e":"secretkey+12345","f":"secretkey\u002B12345/ab"})";
    const std::string expected = R"({"a":"***","b":"***","c":"***","d":"***",)"
                                 R"("e":"secretkey+12345","f":"secretkey\u002B12345/ab"})";
    for (std::size_t piece = 1; piece <= echo.size(); ++piece) {
        CAPTURE(piece);
        REQUIRE(masked(echo, piece, base64_key) == expected);
    }
    CHECK(masked("a word of seven", 3, "word of") == "a word of seven");
    CHECK(redacted(R"(it says "secretkey\u002B12345/abc==")", {base64_key}) == R"(it says "***")");
}
