#include "attribution/execution_of.hpp"
#include "support/catch.hpp"

using tidemark::Attribution;
using tidemark::AttributionConfig;

TEST_CASE("An explicit source stands above what the message and the conventions say") {
    const Attribution attribution{sample_rules()};
    const auto source = attribution.source_of("Load_GL_Nightly", "Somewhere");
    CHECK(source.source == "Finance");
    CHECK(source.attributed_by == "explicit");
}

TEST_CASE("The message's own word stands above the conventions") {
    const Attribution attribution{sample_rules()};
    const auto source = attribution.source_of("Navision - Full load", "NAV 2018");
    CHECK(source.source == "NAV 2018");
    CHECK(source.attributed_by == "message");
}

TEST_CASE("The first convention that matches decides") {
    const Attribution attribution{sample_rules()};
    const auto first = attribution.source_of("SAP_X - Full - load", std::nullopt);
    CHECK(first.source == "SAP_X");
    CHECK(first.attributed_by == "convention '^(?P<source>.+?) - '");
    const auto second = attribution.source_of("SAP_Full", std::nullopt);
    CHECK(second.source == "SAP");
    CHECK(second.attributed_by == "convention '^(?P<source>[A-Z]+)_'");
}

TEST_CASE("A task that nothing speaks of has no source") {
    const Attribution attribution{sample_rules()};
    const auto source = attribution.source_of("Import Metadata", std::nullopt);
    CHECK_FALSE(source.source);
    CHECK(source.attributed_by == "none");
}

TEST_CASE("An empty word of the message or of a convention names no source") {
    const Attribution attribution{
        AttributionConfig{.conventions = {{"^(?P<source>[a-z]*)"}, {"^(?P<source>..)"}}}};
    const auto source = attribution.source_of("XYZ", "");
    CHECK(source.source == "XY");
    CHECK(source.attributed_by == "convention '^(?P<source>..)'");
}

TEST_CASE("A source that was looked up for one message is not that of another message") {
    const Attribution attribution{sample_rules()};
    CHECK(attribution.source_of("A - x", std::nullopt).source == "A");
    CHECK(attribution.source_of("A - x", "B").source == "B");
    CHECK(attribution.source_of("A - x", std::nullopt).source == "A");
}

TEST_CASE("More names than are remembered are looked up all the same") {
    const Attribution attribution{sample_rules()};
    for (int i = 0; i < 25'000; ++i) {
        const std::string number = std::to_string(i % 12'500);
        REQUIRE(attribution.source_of(number + " - load", std::nullopt).source == number);
    }
}
