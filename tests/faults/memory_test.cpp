#include "support/catch.hpp"
#include "support/peak_memory.hpp"
#include "support/sync_world.hpp"
#include "warehouse/backends.hpp"

#include <fmt/format.h>

#include <string>

using namespace tidemark;
using namespace tidemark::test;

// What a sync may need for a body that somebody made to cost as much as it can: 64 MiB, less what
// the program has before, and half as much again as the largest execution that is allowed.

namespace {

constexpr std::int64_t mebibyte = 1 << 20;

constexpr std::int64_t largest_execution = 8 * mebibyte;

/// The address sanitizer makes up to eight times as much of many small values.
std::int64_t bound() {
    const std::int64_t bytes = 44 * mebibyte + largest_execution * 3 / 2;
    return sanitized ? 10 * bytes : bytes;
}

/// A sound execution with these members behind those that it must have.
std::string execution(const std::string& members) {
    return fmt::format(R"([{{"Id":"{}","State":1,"CreateTime":"2026-10-01T03:00:00",)"
                       R"("EndTime":"2026-10-01T04:00:00",{}}}])",
                       to_text(numbered(1)), members);
}

std::string execution_with_log(const std::string& lines) {
    return execution(R"("JobExecutionLogs":[)" + lines + "]");
}

std::string lines(unsigned count, std::string_view message) {
    std::string json;
    for (unsigned i = 0; i < count; ++i) {
        json += fmt::format(R"({}{{"Id":"{}","TimeStamp":"2026-10-01T03:00:00","Severity":1{}}})",
                            i == 0 ? "" : ",", to_text(numbered(i)), message);
    }
    return json;
}

std::string repeated(std::string_view what, std::size_t count) {
    std::string text{what};
    for (std::size_t i = 1; i < count; ++i)
        text.append(1, ',').append(what);
    return text;
}

struct Adversary {
    SyncWorld world{GENERATE(from_range(backends()))};

    /// Syncs this body twice, and checks what that needed.
    SyncReport sync(std::string body) {
        world.source.listed = {{numbered(1), "Nightly"}};
        world.source.chunk_bytes = 1 << 16;
        world.config.source.max_execution_bytes = largest_execution;
        world.source.bodies[numbered(1)] = std::move(body);
        const PeakMemory first;
        SyncReport report = world.sync();
        CHECK(first.bytes() < bound());
        const PeakMemory second;
        world.sync();
        CHECK(second.bytes() < bound());
        return report;
    }
};

} // namespace

TEST_CASE("an execution of seven hundred thousand members needs little more memory than its text",
          "[memory]") {
    Adversary adversary;
    std::string members = R"("m":1)";
    for (int i = 0; i < 700'000; ++i)
        members += fmt::format(R"(,"{:x}":1)", i);
    const SyncReport report = adversary.sync(execution(members));
    CHECK(report.counts.rejected == 1);
    CHECK_THAT(adversary.world.rows("rejected_record").at(0).text("reason"),
               ContainsSubstring("a million values in members that are not known"));
}

TEST_CASE("an execution of tiny lines needs little more memory than its text", "[memory]") {
    Adversary adversary;
    CHECK(adversary.sync(execution_with_log(lines(86'000, ""))).counts.logs == 86'000);
}

TEST_CASE("a message of 8 MB needs little more memory than its text", "[memory]") {
    Adversary adversary;
    const std::string message = R"(,"Message":")" + std::string(8'000'000, 'x') + '"';
    CHECK(adversary.sync(execution_with_log(lines(1, message))).counts.logs == 1);
}

TEST_CASE("lines and executions without anything in them need no memory", "[memory]") {
    Adversary adversary;
    SECTION("lines") {
        CHECK(adversary.sync(execution_with_log(repeated("{}", 500'000))).counts.rejected == 1);
    }
    SECTION("executions") {
        CHECK(adversary.sync("[" + repeated("{}", 500'000) + "]").counts.rejected == 1);
    }
}

TEST_CASE("many small executions are not in memory together", "[memory]") {
    Adversary adversary;
    std::string body;
    for (unsigned i = 1; i <= 40'000; ++i) {
        body += fmt::format(R"({}{{"Id":"{}","State":1,"CreateTime":"2026-10-01T03:00:00",)"
                            R"("EndTime":"2026-10-01T04:00:00"}})",
                            i == 1 ? '[' : ',', to_text(numbered(i)));
    }
    CHECK(adversary.sync(body + "]").counts.executions_new == 40'000);
}
