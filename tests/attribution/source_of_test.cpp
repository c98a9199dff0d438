#include "attribution/execution_of.hpp"
#include "support/catch.hpp"

using tidemark::Attribution;
using tidemark::AttributionConfig;
using tidemark::Job;

TEST_CASE("An explicit source stands above what the message and the conventions say") {
    const Attribution attribution{sample_rules()};
    const auto source = attribution.source_of({.name = "Load_GL_Nightly", .source = "Somewhere"});
    CHECK(source.source == "Finance");
    CHECK(source.attributed_by == "explicit");
}

TEST_CASE("The message's own word stands above the conventions") {
    const Attribution attribution{sample_rules()};
    const auto source =
        attribution.source_of({.name = "Navision - Full load", .source = "NAV 2018"});
    CHECK(source.source == "NAV 2018");
    CHECK(source.attributed_by == "message");
}

TEST_CASE("The first convention that matches decides") {
    const Attribution attribution{sample_rules()};
    const auto first = attribution.source_of({.name = "SAP_X - Full - load"});
    CHECK(first.source == "SAP_X");
    CHECK(first.attributed_by == "convention '^(?P<source>.+?) - '");
    const auto second = attribution.source_of({.name = "SAP_Full"});
    CHECK(second.source == "SAP");
    CHECK(second.attributed_by == "convention '^(?P<source>[A-Z]+)_'");
}

TEST_CASE("A task that nothing speaks of has no source") {
    const Attribution attribution{sample_rules()};
    const auto source = attribution.source_of({.name = "Import Metadata"});
    CHECK_FALSE(source.source);
    CHECK(source.attributed_by == "none");
}

TEST_CASE("An empty word of the message or of a convention names no source") {
    const Attribution attribution{
        AttributionConfig{.conventions = {{"^(?P<source>[a-z]*)"}, {"^(?P<source>..)"}}}};
    const auto source = attribution.source_of({.name = "XYZ", .source = ""});
    CHECK(source.source == "XY");
    CHECK(source.attributed_by == "convention '^(?P<source>..)'");
}

TEST_CASE("A source that was looked up for one message is not that of another message") {
    const Attribution attribution{sample_rules()};
    CHECK(attribution.source_of({.name = "A - x"}).source == "A");
    CHECK(attribution.source_of({.name = "A - x", .source = "B"}).source == "B");
    CHECK(attribution.source_of({.name = "A - x"}).source == "A");
}

TEST_CASE("More names than are remembered are looked up all the same") {
    const Attribution attribution{sample_rules()};
    for (int i = 0; i < 25'000; ++i) {
        const std::string number = std::to_string(i % 12'500);
        REQUIRE(attribution.source_of({.name = number + " - load"}).source == number);
    }
}

namespace {

Attribution narrowed(std::vector<tidemark::ExplicitSource> sources) {
    return Attribution{AttributionConfig{.sources = std::move(sources)}};
}

Attribution knowing(std::vector<tidemark::KnownSource> known) {
    return Attribution{AttributionConfig{.known = std::move(known)}};
}

} // namespace

TEST_CASE("An explicit source that is narrowed to the job goes before one for all jobs") {
    const auto attribution = narrowed({{"Load", "Anywhere"}, {"Load", "Finance", "Prod*"}});
    CHECK(attribution.source_of({.name = "Load", .job = &prod}).source == "Finance");
    CHECK(attribution.source_of({.name = "Load", .job = &test_job}).source == "Anywhere");
    CHECK(attribution.source_of({.name = "Load", .job = &prod}).attributed_by == "explicit");
}

TEST_CASE("An explicit source that is narrowed to other jobs says nothing") {
    const auto attribution = narrowed({{"Load", "Finance", "Prod*"}});
    CHECK(attribution.source_of({.name = "Load", .job = &test_job}).attributed_by == "none");
    const auto said = attribution.source_of({.name = "Load", .source = "SAP", .job = &test_job});
    CHECK(said.source == "SAP");
}

TEST_CASE("Two narrowed entries that match and differ are ambiguous, in the order of names") {
    const auto attribution =
        narrowed({{"Load", "Sales", "Prod*"}, {"Load", "Finance", "*load"}, {"Load", "X"}});
    const auto source = attribution.source_of({.name = "Load", .job = &prod});
    CHECK_FALSE(source.source);
    CHECK(source.attributed_by == "ambiguous: 'Finance' or 'Sales'");
    CHECK(narrowed({{"Load", "Sales", "Prod*"}, {"Load", "Sales", "*load"}})
              .source_of({.name = "Load", .job = &prod})
              .source == "Sales");
}

TEST_CASE("Without a job every narrowed entry may hold") {
    const auto attribution = narrowed({{"Load", "Sales", "Prod*"}, {"Load", "Finance", "Test*"}});
    CHECK(attribution.source_of({.name = "Load"}).attributed_by ==
          "ambiguous: 'Finance' or 'Sales'");
}

TEST_CASE("A known source is found by its name or a short name, in any case, as whole words") {
    const auto attribution = knowing({{"Dynamics 365", {"D365", "DYN365"}}, {"Økonomi", {}}});
    const auto by_short = attribution.source_of({.name = "load_d365_full"});
    CHECK(by_short.source == "Dynamics 365");
    CHECK(by_short.attributed_by == "known 'D365'");
    CHECK(attribution.source_of({.name = "DYNAMICS-365: all"}).attributed_by ==
          "known 'Dynamics 365'");
    CHECK(attribution.source_of({.name = "Hent ØKONOMI"}).source == "Økonomi");
    CHECK(attribution.source_of({.name = "load D3650"}).attributed_by == "none");
    CHECK(attribution.source_of({.name = "Dynamics load 365"}).attributed_by == "none");
}

TEST_CASE("Of two known names the longer one decides") {
    const auto attribution = knowing({{"SAP", {}}, {"Warehouse", {"SAP BW"}}});
    CHECK(attribution.source_of({.name = "sap bw daily"}).source == "Warehouse");
    CHECK(attribution.source_of({.name = "sap daily"}).source == "SAP");
}

TEST_CASE("Two known names of the same length that differ are ambiguous") {
    const auto attribution = knowing({{"NAV", {}}, {"SAP", {}}, {"SAP ERP", {"ERP"}}});
    const auto source = attribution.source_of({.name = "SAP to NAV"});
    CHECK_FALSE(source.source);
    CHECK(source.attributed_by == "ambiguous: 'NAV' or 'SAP'");
    CHECK(attribution.source_of({.name = "SAP ERP and NAV"}).source == "SAP ERP");
    CHECK(knowing({{"ERP", {"SAP", "NAV"}}}).source_of({.name = "SAP NAV"}).source == "ERP");
}

TEST_CASE("A known source comes after the conventions") {
    const Attribution attribution{AttributionConfig{.conventions = {{"^(?P<source>.+?) - "}},
                                                    .known = {{"SAP ERP", {"SAP"}}}}};
    CHECK(attribution.source_of({.name = "SAP - load"}).source == "SAP");
    CHECK(attribution.source_of({.name = "SAP load"}).source == "SAP ERP");
}

TEST_CASE("An execution package has only a source that is said outright") {
    auto config = sample_rules();
    config.known = {{"SAP", {}}};
    const Attribution attribution{config};
    const auto package = [&](std::string_view name, std::optional<std::string_view> said = {}) {
        return attribution.source_of(
            {.name = name, .source = said, .kind = tidemark::TaskKind::execution_package});
    };
    CHECK(package("Navision - Full load").attributed_by == "none");
    CHECK(package("load SAP").attributed_by == "none");
    CHECK(package("Load_GL_Nightly").source == "Finance");
    CHECK(package("load", "SAP").attributed_by == "message");
}
