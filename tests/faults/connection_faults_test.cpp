#include "faults/scenario.hpp"
#include "support/catch.hpp"
#include "support/certificate.hpp"
#include "support/http_server.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::faults;
using namespace tidemark::test;

namespace {

/// The same organisation over TLS.
Simulator with(const Certificate& certificate) {
    return Simulator({"--seed", "5", "--jobs", "3", "--logs", "6", "--start", "2026-10-09", "--now",
                      "2026-10-20T03:02:00", "--certificate", certificate.file(), "--private-key",
                      certificate.key()});
}

void check_refused(Scenario& scenario, const std::string& url, const std::string& words) {
    check_ended(scenario.sync_from(url), 1, words);
    scenario.check_loaded(Loaded::nothing);
    scenario.repair();
}

} // namespace

TEST_CASE("a server that refuses connections fails the sync", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    const ClosedPort nobody;
    check_refused(scenario, nobody.url(),
                  "check 'source.base_url', 'source.proxy' and the network");
}

TEST_CASE("a host without an address fails the sync", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    check_refused(scenario, "https://nowhere.invalid", "nowhere.invalid");
}

TEST_CASE("a certificate of a wrong name is refused", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    const Certificate certificate("DNS:other.example");
    const Simulator simulator = with(certificate);
    scenario.source.ca_file = certificate.file();
    check_refused(scenario, simulator.url(), "127.0.0.1'; the server is not trusted");
}

TEST_CASE("an expired certificate is refused", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    const Certificate certificate("IP:127.0.0.1", -1);
    const Simulator simulator = with(certificate);
    scenario.source.ca_file = certificate.file();
    check_refused(scenario, simulator.url(), "certificate has expired; the server is not trusted");
}

TEST_CASE("a certificate of an unknown issuer is refused", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    const Certificate certificate("IP:127.0.0.1");
    const Simulator simulator = with(certificate);
    check_refused(scenario, simulator.url(), "check 'source.base_url' and 'source.ca_file'");
}

TEST_CASE("a certificate that the CA file vouches for is accepted", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    const Certificate certificate("IP:127.0.0.1");
    const Simulator simulator = with(certificate);
    scenario.source.ca_file = certificate.file();
    check_ended(scenario.sync_from(simulator.url()), 0, "");
    scenario.check_loaded(Loaded::everything);
    scenario.repair();
}

TEST_CASE("a redirect to another origin takes no key there", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    HttpServer elsewhere([](const Asked&) { return respond(200, "[]"); });
    const Ended ended =
        scenario.disturbed({"kind=redirect&job=1&url=" + elsewhere.url() + "/public/jobs"});
    check_ended(ended, 3, "redirects to another origin, '" + elsewhere.url() + "'");
    CHECK(elsewhere.connections() == 0);
    scenario.check_loaded(Loaded::other_jobs);
    scenario.repair();
}

TEST_CASE("a list of jobs that is redirected to another origin takes no key there", "[faults]") {
    Scenario scenario(GENERATE(from_range(backends())));
    HttpServer elsewhere([](const Asked&) { return respond(200, "[]"); });
    const Ended ended =
        scenario.disturbed({"kind=redirect&call=jobs&url=" + elsewhere.url() + "/public/jobs"});
    check_ended(ended, 1, "where the key must not go");
    CHECK(elsewhere.connections() == 0);
    scenario.check_loaded(Loaded::nothing);
    scenario.repair();
}
