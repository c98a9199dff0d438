#include "config/config.hpp"
#include "config/toml_document.hpp"
#include "support/catch.hpp"

using namespace tidemark;

TEST_CASE("a text as a TOML value is read back as it was") {
    CHECK(toml_text("plain 'quoted'") == R"("plain 'quoted'")");
    CHECK(toml_text(R"(with \d)") == R"('with \d')");
    CHECK(toml_text(R"(a 'task' \d)") == R"('''a 'task' \d''')");
    CHECK(toml_text("\xE2\x80\xAEx") == R"("\u202ex")"); // changes the direction of writing
    for (const std::string text : {"", "plain", R"(with \d)", R"("quoted")", R"('a' "b" \d)",
                                   R"(\d 'a')", R"(''' \d)", "tab\tand\nline", "\x7F", "\xC3\xA4",
                                   R"(''\d)", "\xE2\x80\xAE'\"\\", "\xC2\x85", "\x1B[31m"}) {
        CAPTURE(text);
        const auto config = parse_config("[source]\nbase_url = \"https://gateway.example\"\n"
                                         "organisation = " +
                                             toml_text("x" + text) + "\n",
                                         "config.toml");
        CHECK(config.source.organisation == "x" + text);
    }
}
