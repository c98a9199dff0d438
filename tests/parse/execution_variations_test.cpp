#include "execution_bodies.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <vector>

using namespace tidemark;
using namespace tidemark::bodies;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

/// One way to write an execution down.
struct Form {
    bool reversed = false;
    bool camel_case = false;
    bool spaced = false;
    std::string time_suffix;
    std::string no_end;  ///< the member that says that there is none; "" for none
    std::string no_logs; ///< likewise
};

std::string cased(std::string name, bool camel_case) {
    if (camel_case) name[0] = static_cast<char>(name[0] | 0x20);
    return name;
}

std::string object(Members members, const Form& form) {
    if (form.reversed) std::reverse(members.begin(), members.end());
    std::string json = "{";
    for (const auto& [name, value] : members) {
        if (json.size() > 1) json += form.spaced ? " ,\n\t" : ",";
        json += member(cased(name, form.camel_case), (form.spaced ? " " : "") + value);
    }
    return json + "}";
}

std::string log_line(int number, const Form& form) {
    return object(
        {{"Id", text("1f2a6e9f-9804-4651-9c44-9f42bc49d71" + std::to_string(number))},
         {"JobExecutionId", text(id)},
         {"TimeStamp", text("2026-10-09T03:08:00.2" + std::to_string(number) + form.time_suffix)},
         {"Severity", "2"},
         {"Message", text("line " + std::to_string(number))}},
        form);
}

std::string log_array(const Form& form) {
    std::array<std::string, 2> lines{log_line(1, form), log_line(2, form)};
    if (form.reversed) std::swap(lines[0], lines[1]);
    return "[" + lines[0] + "," + lines[1] + "]";
}

std::string written(const Form& form, bool with_extras, bool with_log) {
    Members members{{"Id", text(id)},
                    {"JobId", text(job)},
                    {"State", "0"},
                    {"CreateTime", text("2026-10-09T03:07:22" + form.time_suffix)}};
    if (!form.no_end.empty()) members.emplace_back("EndTime", form.no_end);
    if (with_extras) {
        members.insert(members.begin(), {"zeta", R"({"b":1,"a":[1,2]})"});
        members.emplace_back("alpha", "\"x\"");
    }
    if (with_log) members.emplace_back("JobExecutionLogs", log_array(form));
    if (!with_log && !form.no_logs.empty()) members.emplace_back("JobExecutionLogs", form.no_logs);
    return object(members, form);
}

std::vector<Form> all_forms() {
    std::vector<Form> forms;
    for (const bool reversed : {false, true}) {
        for (const bool camel_case : {false, true}) {
            for (const bool spaced : {false, true}) {
                for (const char* suffix : {"", "Z", "+00:00", "-0000"}) {
                    for (const char* no_end : {"", "null", R"("0001-01-01T00:00:00")"}) {
                        for (const char* no_logs : {"", "null", "[]"}) {
                            forms.push_back(
                                {reversed, camel_case, spaced, suffix, no_end, no_logs});
                        }
                    }
                }
            }
        }
    }
    return forms;
}

} // namespace

TEST_CASE("An execution is the same in whatever form it was written") {
    for (const bool with_extras : {false, true}) {
        for (const bool with_log : {false, true}) {
            const ParsedExecution plain = parse(written({}, with_extras, with_log));
            REQUIRE(plain.execution);
            REQUIRE(plain.execution->extra.empty() != with_extras);
            REQUIRE(plain.execution->logs.size() == (with_log ? 2 : 0));
            for (const Form& form : all_forms()) {
                const std::string json = written(form, with_extras, with_log);
                ParsedExecution parsed = parse(json);
                INFO(json);
                REQUIRE(parsed.rejections.empty());
                REQUIRE(parsed.execution);
                // whether its times need a zone is of the form, not of the execution
                parsed.execution->source_timezone = plain.execution->source_timezone;
                REQUIRE(parsed.execution == plain.execution);
            }
        }
    }
}
