#include "faults/trial.hpp"
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

void check_refused(Trial& trial, const std::string& url, const std::string& words) {
    check_ended(trial.sync_from(url), 1, words);
    trial.check_loaded(Loaded::nothing);
    trial.repair();
}

} // namespace

TEST_CASE("a server that refuses connections fails the sync", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    const ClosedPort nobody;
    check_refused(trial, nobody.url(), "check 'source.base_url', 'source.proxy' and the network");
}

TEST_CASE("a host without an address fails the sync", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    check_refused(trial, "https://nowhere.invalid", "nowhere.invalid");
}

TEST_CASE("a certificate of a wrong name is refused", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    const Certificate certificate("DNS:other.example");
    const Simulator simulator = with(certificate);
    trial.source.ca_file = certificate.file();
    check_refused(trial, simulator.url(), "127.0.0.1'; the server is not trusted");
}

TEST_CASE("an expired certificate is refused", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    const Certificate certificate("IP:127.0.0.1", -1);
    const Simulator simulator = with(certificate);
    trial.source.ca_file = certificate.file();
    check_refused(trial, simulator.url(), "certificate has expired; the server is not trusted");
}

TEST_CASE("a certificate of an unknown issuer is refused", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    const Certificate certificate("IP:127.0.0.1");
    const Simulator simulator = with(certificate);
    check_refused(trial, simulator.url(), "check 'source.base_url' and 'source.ca_file'");
}

TEST_CASE("a certificate that the CA file vouches for is accepted", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    const Certificate certificate("IP:127.0.0.1");
    const Simulator simulator = with(certificate);
    trial.source.ca_file = certificate.file();
    check_ended(trial.sync_from(simulator.url()), 0, "");
    trial.check_loaded(Loaded::everything);
    trial.repair();
}

TEST_CASE("a redirect to another origin takes no key there", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    HttpServer elsewhere([](const Asked&) { return respond(200, "[]"); });
    const Ended ended =
        trial.disturbed({"kind=redirect&job=1&url=" + elsewhere.url() + "/public/jobs"});
    check_ended(ended, 3, "redirects to another origin, '" + elsewhere.url() + "'");
    CHECK(elsewhere.connections() == 0);
    trial.check_loaded(Loaded::other_jobs);
    trial.repair();
}

TEST_CASE("a list of jobs that is redirected to another origin takes no key there", "[faults]") {
    Trial trial(GENERATE(from_range(backends())));
    HttpServer elsewhere([](const Asked&) { return respond(200, "[]"); });
    const Ended ended =
        trial.disturbed({"kind=redirect&call=jobs&url=" + elsewhere.url() + "/public/jobs"});
    check_ended(ended, 1, "where the key must not go");
    CHECK(elsewhere.connections() == 0);
    trial.check_loaded(Loaded::nothing);
    trial.repair();
}
