#include "cases/loads.hpp"
#include "report/html.hpp"
#include "report/moments.hpp"
#include "report/report.hpp"
#include "report/sections.hpp"
#include "report/style.hpp"
#include "report/well_formed.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"

#include <openssl/evp.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr const char* report_morning = "2026-10-09 06:00:00";

Timestamp report_night() { return *timestamp_from_text("2026-10-09 02:00:00.000000"); }

/// A world of one job whose executions are synced on that morning.
struct Reported : OneJob {
    explicit Reported(const std::vector<BodyExecution>& executions,
                      std::string_view backend = "sqlite")
        : OneJob(executions, backend) {
        config.attribution.sources.clear(); // which were never loaded
        set_world_clock(report_morning);
        sync();
    }
    ReportData data() { return read_report_data(*open(), config, world_clock()); }
    std::string page() { return report_page(data()); }
    std::string verdict() {
        std::string lines;
        for (const Statement& statement : verdict_of(data()))
            lines += statement.text + " #" + statement.section + "\n";
        return lines;
    }
};

BodyExecution failing_with(unsigned id, Timestamp created, const std::string& error) {
    return execution_at(id, created, {"Transfer task 'CRM - a' failed with error: " + error}, 2);
}

std::string base64_sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::array<unsigned char, 64> encoded{};
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(length));
    return {encoded.begin(), encoded.begin() + size};
}

/// All that a reader's browser could run, load or follow.
void check_harmless(const std::string& page) {
    const std::string markup = markup_of(page);
    CHECK(fault_in(markup) == "");
    for (const char* tag : {"<script", "<img", "<iframe", "<link", "<object", "<form", "<base"})
        CHECK(markup.find(tag) == std::string::npos);
    for (const char* name : {"src", "onclick", "onerror", "onload", "style", "xlink:href"})
        CHECK(attributes_in(markup, name).empty());
    for (const std::string& target : attributes_in(markup, "href"))
        CHECK(target.starts_with("#"));
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("\xE2\x80\xAE") == std::string::npos); // turns the writing direction
    CHECK(report_style.find("url(") == std::string_view::npos);
    CHECK(report_style.find("@import") == std::string_view::npos);
}

} // namespace

TEST_CASE("markup that is not well-formed is seen as such", "[report]") {
    CHECK(fault_in("<html><p a=\"b\">x &lt; y</p><br/></html>").empty());
    for (const char* wrong : {"<html><p></html>", "<html>a & b</html>", "<html><p a=b></p></html>",
                              "<html>a < b</html>", "<html>\x1b</html>", "<html>"}) {
        CAPTURE(wrong);
        CHECK_FALSE(fault_in(wrong).empty());
    }
}

TEST_CASE("a hostile message is harmless in the report", "[report]") {
    const std::string hostile =
        GENERATE(as<std::string>{}, "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
                 "</style></title><base href='https://evil.example/'>", "\x1b[31mred\x1b[2J",
                 "\xE2\x80\xAEtxt.exe", "&lt;&amp;&#x3C;script&#x3E;", "a\nb\n</pre>");
    CAPTURE(hostile);
    Reported world({failing_with(1, report_night(), hostile)});
    world.source.listed = {{numbered(1), hostile}};
    world.sync();
    const std::string page = world.page();
    check_harmless(page);
    CHECK_THAT(page, ContainsSubstring("1×"));
}

TEST_CASE("what is special to HTML is shown as it was said", "[report]") {
    Html html;
    html.put("p", {{"title", "\"'"}}, "<a> & \"b\" 'c'");
    CHECK(html.page() == "<p title=\"&quot;&#39;\">&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39;</p>");
}

TEST_CASE("a message of a megabyte is cut in the report, and that is told", "[report]") {
    Reported world({failing_with(1, report_night(), "begin " + std::string(1U << 20U, 'x'))});
    const std::string page = world.page();
    CHECK(page.size() < 60'000);
    CHECK_THAT(page, ContainsSubstring("The message is cut here"));
    check_harmless(page);
}

TEST_CASE("the page allows nothing but its own style sheet", "[report]") {
    CHECK(report_style_sha256 == base64_sha256(report_style));
    const std::string page = Reported({}).page();
    CHECK_THAT(page, ContainsSubstring("content=\"default-src &#39;none&#39;; style-src "
                                       "&#39;sha256-" +
                                       std::string{report_style_sha256} + "&#39;;"));
    CHECK_THAT(page, ContainsSubstring("<style>" + std::string{report_style} + "</style>"));
}

TEST_CASE("the report of an empty warehouse says that nothing was synced", "[report]") {
    SyncWorld world(GENERATE("sqlite", "postgres"));
    world.config.attribution.sources.clear();
    world.sync();
    world.execute("DELETE FROM sync_run");
    const ReportData found = read_report_data(*world.open(), world.config, world_clock());
    REQUIRE(verdict_of(found).size() == 1);
    CHECK(verdict_of(found).at(0).text == "No sync was made yet");
    check_harmless(report_page(found));
}

TEST_CASE("the verdict names what needs attention", "[report]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    std::vector<BodyExecution> executions;
    for (unsigned night = 1; night < 40; ++night)
        executions.push_back(
            execution_at(night, report_night() - hours{24} * night, {loaded("CRM - a")}));
    executions.push_back(failing_with(50, report_night(), "login"));
    Reported world(executions, backend);
    CHECK_THAT(world.verdict(), Catch::Matchers::StartsWith("Late: 'CRM' (last loaded "));
    CHECK_THAT(world.verdict(), Catch::Matchers::EndsWith(
                                    " #freshness\n"
                                    "1 run failed last night: 'Nightly' #night\n"
                                    "1 task failed since the last success: 'CRM - a' #failures\n"));
    executions.pop_back();
    Reported silent(executions, backend);
    CHECK_THAT(silent.verdict(),
               ContainsSubstring("1 expected run did not come: 'Nightly' #missed"));
    set_world_clock("2026-10-10 07:00:00");
    CHECK_THAT(silent.verdict(),
               Catch::Matchers::StartsWith("The last sync (2026-10-09 06:00:00 UTC) "
                                           "was more than a day ago #syncs\n"));
}

TEST_CASE("all is well when nothing needs attention", "[report]") {
    Reported world({execution_at(1, report_night(), {loaded("CRM - a")})});
    ReportData found = world.data();
    std::erase_if(found.standing.reasons, [](const Statement& reason) {
        return reason.section == "freshness"; // the database's clock is not that of the world
    });
    CHECK(verdict_of(found).empty());
    CHECK_THAT(report_page(found),
               ContainsSubstring("All is well") && ContainsSubstring("without a limit"));
}

TEST_CASE("the numbers of the report are those of the views", "[report]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    std::vector<BodyExecution> executions;
    for (unsigned night = 0; night < 35; ++night) {
        const Timestamp began = report_night() - hours{24} * night;
        executions.push_back(
            night % 5 == 2
                ? failing_with(night + 1, began, "login of 'u" + std::to_string(night) + "'")
                : execution_at(night + 1, began, {loaded("CRM - a")}));
    }
    Reported world(executions, backend);
    const std::string page = world.page();
    for (const Row& row : world.rows("success_rates")) {
        CHECK_THAT(page, ContainsSubstring(fmt::format("<td class=\"number\">{} of {} ({} %)</td>",
                                                       row.text("completed"), row.text("runs"),
                                                       row.text("success_percent"))));
    }
    const Row pace = world.rows("usual_durations").at(0);
    CHECK_THAT(page, ContainsSubstring("<td class=\"number\">" +
                                       seconds_text(pace.text("median_seconds")) + "</td>"));
    std::size_t days = 0;
    for (const Row& row : world.rows("job_durations")) {
        if (++days > 30) break;
        CHECK_THAT(page, ContainsSubstring(fmt::format(
                             "<th scope=\"row\">{}</th><td class=\"number\">{}</td><td "
                             "class=\"number\">{}</td><td class=\"number\">0</td>",
                             row.text("day"), row.text("completed"), row.text("failed"))));
    }
    CHECK(page.find("2026-09-09</th>") == std::string::npos); // the 31st day
    // two of the last seven nights failed, with errors that differ in a name
    const ReportData found = world.data();
    REQUIRE(found.errors.size() == 1);
    CHECK(found.errors[0].count == 1);
    CHECK(found.errors[0].example == "login of 'u2'");
    const Row source = world.rows("last_successful_load").at(0);
    CHECK_THAT(
        page, ContainsSubstring("<td class=\"time\">Fri 9 Oct, 02:00</td>")); // last_success_at_utc
    CHECK(source.text("last_success_at_utc").substr(0, 16) == "2026-10-09 02:00");
    CHECK(found.usual_gap_hours.at("CRM") == 24.0);
}

TEST_CASE("errors that differ in names and numbers are one group", "[report]") {
    Reported world({failing_with(1, report_night(), "login of 'a' at 10.0.0.1"),
                    failing_with(2, report_night() - hours{24}, "login of 'b' at 10.0.0.2"),
                    failing_with(3, report_night() - hours{48}, "timeout"),
                    failing_with(4, report_night() - 8 * hours{24}, "timeout")});
    const auto errors = world.data().errors;
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].count == 2);
    CHECK(errors[0].example == "login of 'a' at 10.0.0.1");
    CHECK(errors[0].first_at == "2026-10-08 02:00:00.000000");
    CHECK(errors[0].last_at == "2026-10-09 02:00:00.000000");
    CHECK(errors[1].count == 1); // the other one is older than a week
}

TEST_CASE("moments are shown in the reporting time zone", "[report]") {
    const Timestamp moment = *timestamp_from_text("2026-03-29 00:59:59.900000");
    const Moments copenhagen(*TimeZone::find("Europe/Copenhagen"), moment);
    CHECK(copenhagen.full(moment) == "Sun 29 Mar, 01:59");
    CHECK(copenhagen.full(moment + std::chrono::seconds{1}) == "Sun 29 Mar, 03:00");
    CHECK(copenhagen.full("2025-12-31 23:30:00.000000") == "Thu 1 Jan, 00:30");
    CHECK(copenhagen.full("2025-12-31 22:30:00.000000") == "Wed 31 Dec 2025, 23:30");
    CHECK(copenhagen.full("").empty());
    CHECK(age_text(0.5) == "30 min");
    CHECK(age_text(47.96) == "48.0 h");
    CHECK(age_text(60) == "2.5 d");
}

TEST_CASE("another organisation's rows are not in the report", "[report]") {
    Reported world({execution_at(1, report_night(), {loaded("CRM - a")})});
    world.config.source.organisation = "other";
    world.source.listed = {{numbered(9), "Theirs"}};
    world.source.bodies[numbered(9)] =
        body_of({execution_at(70, report_night(), {failed("ERP - x")}, 2, 9)});
    world.sync();
    const std::string theirs = world.page();
    CHECK(theirs.find("CRM") == std::string::npos);
    CHECK_THAT(theirs, ContainsSubstring("ERP - x"));
    world.config.source.organisation = "default";
    CHECK(world.page().find("Theirs") == std::string::npos);
}

TEST_CASE("fifty data sources and thirty days fit into a megabyte", "[report]") {
    SyncWorld world;
    world.config.attribution.sources.clear();
    for (unsigned job = 1; job <= 50; ++job) {
        world.source.listed.push_back({numbered(job), fmt::format("Nightly load {}", job)});
        std::vector<BodyExecution> executions;
        for (unsigned night = 0; night < 35; ++night) {
            std::vector<std::string> messages;
            for (int task = 0; task < 12; ++task)
                messages.push_back(loaded(fmt::format("Source {} - table {}", job, task)));
            if ((night + job) % 7 == 0)
                messages.push_back(failed(fmt::format("Source {} - keys", job)) +
                                   std::string(3000, static_cast<char>('a' + job % 26)));
            executions.push_back(execution_at(1000 * job + night,
                                              report_night() - hours{24} * night, messages,
                                              (night + job) % 7 == 0 ? 2 : 1, job));
        }
        world.source.bodies[numbered(job)] = body_of(executions);
    }
    set_world_clock(report_morning);
    world.sync();
    const ReportData found = read_report_data(*world.open(), world.config, world_clock());
    CHECK(found.standing.sources.size() == 50);
    const std::string page = report_page(found);
    CHECK(page.size() < 1'000'000);
    check_harmless(page);
}
