#include "simulator/option_table.hpp"
#include "simulator_tests/reading.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace simulator;
using namespace simulator::test;
using std::chrono::hours;

namespace {

struct Variation {
    const char* name;
    const char* value;
    int shift = 0; ///< hours by which times are shown later
};

ReadBody read_with(std::initializer_list<std::pair<const char*, const char*>> settings,
                   int shift = 0) {
    Options options = small_options();
    for (const auto& [name, value] : settings)
        set_option(options, name, value);
    return read_logs(logs_text(options, small_now()), hours{shift});
}

/// Of the members that the API documents; extras are left out.
void check_same(const ReadBody& plain, const ReadBody& varied) {
    REQUIRE(plain.executions.size() == varied.executions.size());
    for (const auto& [id, execution] : plain.executions) {
        const auto& other = varied.executions.at(id);
        CHECK(std::ranges::includes(other.members, execution.members));
        REQUIRE(execution.logs.size() == other.logs.size());
        for (const auto& [line, record] : execution.logs) {
            CHECK(std::ranges::includes(other.logs.at(line), record));
        }
    }
}

} // namespace

TEST_CASE("an execution has the same ids and values however the simulator writes it") {
    const auto varied = GENERATE(
        Variation{"order", "oldest"}, Variation{"order", "none"}, Variation{"log-order", "newest"},
        Variation{"log-order", "none"}, Variation{"casing", "camel"},
        Variation{"members", "reversed"}, Variation{"members", "shuffled"},
        Variation{"extras", "on"}, Variation{"time", "z"}, Variation{"time", "offset", 2},
        Variation{"time", "offset:+05:00", 5}, Variation{"time", "zone:Etc/GMT-3", 3},
        Variation{"fraction", "6"}, Variation{"fraction", "7"}, Variation{"fraction", "9"},
        Variation{"indent", "2"}, Variation{"escape-non-ascii", "on"});
    CAPTURE(varied.name, varied.value);
    Options options = small_options();
    set_option(options, varied.name, varied.value);
    const std::string text = logs_text(options, small_now());
    CHECK(text != logs_text(small_options(), small_now()));
    check_same(read_with({}), read_logs(text, hours{varied.shift}));
}

TEST_CASE("all variations of the simulator's bodies go together") {
    check_same(read_with({}), read_with({{"order", "none"},
                                         {"log-order", "none"},
                                         {"casing", "camel"},
                                         {"members", "shuffled"},
                                         {"extras", "on"},
                                         {"time", "offset:+05:00"},
                                         {"fraction", "9"},
                                         {"indent", "3"},
                                         {"escape-non-ascii", "on"}},
                                        5));
}

TEST_CASE("the simulator shows executions and logs in the order that was asked for") {
    const auto newest = read_with({});
    const auto oldest = read_with({{"order", "oldest"}, {"log-order", "newest"}});
    auto ids = oldest.ids;
    CHECK(ids != newest.ids);
    std::ranges::reverse(ids);
    CHECK(ids == newest.ids);
    auto lines = oldest.executions.at(ids[0]).log_ids;
    std::ranges::reverse(lines);
    CHECK(lines == newest.executions.at(ids[0]).log_ids);
    const auto none = read_with({{"order", "none"}});
    CHECK(none.ids != newest.ids);
    CHECK(none.ids != oldest.ids);
}

TEST_CASE("the simulator's varying fractions drop trailing zeros and have several lengths") {
    const std::string text = logs_text(small_options(), small_now());
    std::map<std::size_t, int> lengths;
    const std::string mark = "\"TimeStamp\":\"";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const auto begin = at + mark.size();
        const std::string time = text.substr(begin, text.find('"', begin) - begin);
        if (time.size() > 19) CHECK(time.back() != '0');
        ++lengths[time.size()];
    }
    CHECK(lengths.size() >= 4);
    CHECK(lengths.contains(19));
}

TEST_CASE("the simulator shows nine, six or no digits of a second") {
    const auto first_end = [](const char* digits) {
        Options options = small_options();
        set_option(options, "fraction", digits);
        const std::string text = logs_text(options, small_now());
        const auto at = text.find("\"EndTime\":\"") + 11;
        return text.substr(at, text.find('"', at) - at);
    };
    CHECK(first_end("0").size() == 19);
    CHECK(first_end("6").size() == 26);
    CHECK(first_end("9").size() == 29);
    CHECK(first_end("9").starts_with(first_end("6")));
}

TEST_CASE("the simulator knows both maps of states") {
    const auto low = read_with({});
    const auto high = read_with({{"states", "1"}});
    for (const auto& [id, execution] : low.executions) {
        CHECK(std::stoi(high.executions.at(id).members.at("state")) ==
              std::stoi(execution.members.at("state")) + 1);
    }
}

TEST_CASE("an execution without logs has an empty array, null or nothing") {
    Options options = small_options();
    options.organisation.logless_percent = 100;
    CHECK_THAT(logs_text(options, small_now()), ContainsSubstring("\"JobExecutionLogs\":[]"));
    set_option(options, "logs", "null");
    CHECK_THAT(logs_text(options, small_now()), ContainsSubstring("\"JobExecutionLogs\":null"));
    set_option(options, "logs", "missing");
    CHECK_THAT(logs_text(options, small_now()), !ContainsSubstring("JobExecutionLogs"));
}

TEST_CASE("a running execution has a null end, none, or the year one") {
    Options options = small_options();
    options.organisation.stays_open = {{0, 0, {}}};
    CHECK_THAT(logs_text(options, small_now()), ContainsSubstring("\"EndTime\":null"));
    set_option(options, "open-end", "minimum");
    CHECK_THAT(logs_text(options, small_now()),
               ContainsSubstring("\"EndTime\":\"0001-01-01T00:00:00\""));
    set_option(options, "open-end", "missing");
    CHECK_THAT(logs_text(options, small_now()), !ContainsSubstring("\"EndTime\":null"));
}

TEST_CASE("an option that cannot be is refused by name and changes nothing") {
    Options options = small_options();
    CHECK_THROWS_WITH(set_option(options, "order", "up"),
                      "option 'order': 'up' is none of: oldest, newest, none");
    CHECK_THROWS_WITH(set_option(options, "time", "zone:Mars"),
                      "option 'time': there is no zone 'Mars'");
    CHECK_THROWS_WITH(set_option(options, "odrer", "none"), "there is no option 'odrer'");
    CHECK(options.body.order == Order::newest);
    CHECK(options.body.time == TimeForm::plain);
}
