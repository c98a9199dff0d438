#include "config/sections.hpp"
#include "config/task_words.hpp"

#include <fmt/format.h>

#include <variant>

namespace tidemark {
namespace {

/// A data source's name; "" for none.
std::string read_source(const Field& field) {
    const auto* text = std::get_if<std::string>(&field.value.content);
    return text != nullptr && text->empty() ? "" : read_text(field);
}

std::int64_t read_rows(const Field& field) { return read_integer(field, 0, INT64_MAX); }

std::int64_t read_number(const Field& field) { return read_integer(field); }

Keys<AttributionTest> keys() {
    return {
        {"message",
         [](const Field& field, AttributionTest& test) {
             test.message = read_text(field);
             test.line = field.value.line;
         }},
        key("job", &AttributionTest::job, read_text),
        key("severity", &AttributionTest::severity, read_number),
        key("task", &AttributionTest::task, read_text),
        key("source", &AttributionTest::source, read_source),
        key("outcome", &AttributionTest::outcome, read_outcome),
        key("rows", &AttributionTest::rows, read_rows),
        key("kind", &AttributionTest::kind, read_kind),
        key("matches", &AttributionTest::matches, read_boolean),
    };
}

/// What a message says cannot be expected of one that says nothing.
void check(const Field& field, const AttributionTest& test) {
    if (test.matches) return;
    if (test.task || test.source || test.outcome || test.rows || test.kind) {
        field.fail(fmt::format(
            "'{}.matches' is false, so nothing else can be expected of the message", field.path));
    }
}

} // namespace

SectionKey<AttributionConfig> attribution_tests_key() {
    return {"test",
            [](const Field& field, AttributionConfig& attribution) {
                for (const Field& element : read_tables(field)) {
                    AttributionTest test;
                    read_table(element, keys(), test);
                    require(element, "message");
                    check(element, test);
                    attribution.tests.push_back(std::move(test));
                }
            },
            dotted_names(keys())};
}

} // namespace tidemark
