#include "support/catch.hpp"
#include "text/utf8.hpp"

using namespace tidemark;

namespace {

const std::string replacement = "\xEF\xBF\xBD";

} // namespace

TEST_CASE("Valid UTF-8 is stored as it is") {
    for (const std::string text : {"", "abc", "h\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                   "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(storable(text) == text);
    }
}

TEST_CASE("Bytes that no text can hold become U+FFFD") {
    CHECK(storable(std::string_view{"a\0b", 3}) == "a" + replacement + "b");
    CHECK(storable("a\xFF") == "a" + replacement);
    CHECK(storable("\xC3") == replacement);
    CHECK(storable("\xC3(") == replacement + "(");
    CHECK(storable("\xC0\x80") == replacement + replacement);
    CHECK(storable("\xE0\x80\x80") == replacement + replacement + replacement);
    CHECK(storable("\xED\xA0\x80") == replacement + replacement + replacement);
    CHECK(storable("\xF4\x90\x80\x80") == replacement + replacement + replacement + replacement);
    CHECK(storable("\xF0\x9F\x98") == replacement + replacement + replacement);
}

TEST_CASE("Escapes that no database takes become U+FFFD in JSON") {
    CHECK(storable_json(R"("a\u0000b")") == "\"a" + replacement + "b\"");
    CHECK(storable_json(R"("\u0000\u0000")") == "\"" + replacement + replacement + "\"");
    CHECK(storable_json(R"("\ud83d")") == "\"" + replacement + "\"");
    CHECK(storable_json(R"("\uDE00x")") == "\"" + replacement + "x\"");
    CHECK(storable_json(R"("\ud83d\ud83d\ude00")") == "\"" + replacement + R"(\ud83d\ude00")");
}

TEST_CASE("Escapes that are harmless, and what only looks like one, stay") {
    for (const std::string json :
         {R"("\\u0000")", R"("\\\\u0000")", R"("\ud83d\ude00")", R"("\u0001\n\"\/")", R"("\u00e9")",
          R"("\\ud83d")", R"({"a":1})"}) {
        CHECK(storable_json(json) == json);
    }
    CHECK(storable_json(R"("\\\u0000")") == R"("\\)" + replacement + "\"");
}

TEST_CASE("Control characters within the strings of JSON get their escapes, white space stays") {
    const std::string json = "{\n\t\"a\tb\\\"\n\\\\\":\r\n[\"\x7F\x1F\",\t1]}";
    CHECK(with_controls_escaped(json) ==
          "{\n\t\"a\\u0009b\\\"\\u000a\\\\\":\r\n[\"\x7F\\u001f\",\t1]}");
    CHECK(with_controls_escaped("\"\\\n\"") == "\"\\\n\""); // no escape of JSON
    CHECK(with_controls_escaped("\"a\\") == "\"a\\");
}

TEST_CASE("An escape that JSON does not have is told from those that it has") {
    CHECK(has_valid_escapes(R"(a\"\\\/\b\f\n\r\t\u00e9\ud83d\\q)"));
    for (const char* json : {R"(\q)", R"(\u12)", R"(\u12g4)", R"(\\\)", R"(\)", R"(\U0041)"}) {
        INFO(json);
        CHECK_FALSE(has_valid_escapes(json));
    }
}

TEST_CASE("A text is cut between two characters") {
    CHECK(cut_at_character("abc", 3) == "abc");
    CHECK(cut_at_character("abc", 2) == "ab");
    CHECK(cut_at_character("a\xC3\xA9", 2) == "a");
    CHECK(cut_at_character("a\xF0\x9F\x98\x80z", 4) == "a");
    CHECK(cut_at_character("a\xF0\x9F\x98\x80z", 5) == "a\xF0\x9F\x98\x80");
    CHECK(cut_at_character("\x80\x80\x80\x80\x80\x80", 5).size() == 5);
}

TEST_CASE("A value is quoted on one line and not at any length") {
    CHECK(quoted("a\nb\tc") == "'a b c'");
    CHECK(quoted("abcdef", 3) == "'abc…'");
    CHECK(quoted("\xFF") == "'" + replacement + "'");
}

TEST_CASE(
    "A name of up to 512 bytes is stored as it is, a longer one cut with a hash of the whole") {
    const std::string fits(512, 'n');
    CHECK(storable_name(fits) == fits);
    const std::string one = storable_name(fits + "1");
    const std::string two = storable_name(fits + "2");
    CHECK(one != two);
    CHECK(one.size() == 512);
    CHECK(one.starts_with(std::string(492, 'n') + "… "));
    std::string wide;
    for (int i = 0; i < 4000; ++i)
        wide += "æ";
    CHECK(valid_utf8(storable_name(wide)) == storable_name(wide));
}

TEST_CASE("A number is one by JSON's grammar") {
    for (const char* number : {"0", "-0", "10", "1.5", "-0.5e-10", "1E+400", "3e07"})
        CHECK(is_json_number(number));
    for (const char* other :
         {"", "-", "01", "+1", ".5", "1.", "1e", "1e+", "1x", "0x1", "NaN", "1 "})
        CHECK_FALSE(is_json_number(other));
}
