#include "cli/learned_rules.hpp"

#include "config/fields.hpp"
#include "config/text_file.hpp"
#include "error.hpp"
#include "platform/durable_file.hpp"
#include "platform/path_text.hpp"
#include "templates/template.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <system_error>

namespace tidemark {
namespace {

/// So many of the newest log lines are learned from.
constexpr std::int64_t most_lines = 200'000;

constexpr std::string_view file_header =
    "# Written by 'tidemark messages --learn --write', which writes it again only while nobody "
    "has\n"
    "# edited it. Rules of your own stand in the configuration: they come first.\n"
    "# content ";

/// What the file_header is followed by: of this text, so that an edit shows.
std::string seal(std::string_view text) {
    return fmt::format("{:016x}\n", std::bit_cast<std::uint64_t>(shape_key(text)));
}

bool is_same_file(const std::filesystem::path& left, const std::filesystem::path& right) {
    std::error_code ignored;
    return std::filesystem::weakly_canonical(left, ignored) ==
           std::filesystem::weakly_canonical(right, ignored);
}

} // namespace

Learned learn_from(Warehouse& warehouse, const Config& config, const AttributionConfig& known) {
    Learning learning(known);
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    if (!stored.organisation) return learning.learn();
    std::map<Key, std::string> jobs;
    for (const JobRow& job : stored.jobs)
        jobs.emplace(job.job_key, job.name);
    warehouse.each_execution(
        stored.organisation->organisation_key, [&](const StoredExecution& execution) {
            for (const Log& log : execution.execution.logs) {
                if (!log.message) continue;
                learning.observe(jobs[execution.job_key],
                                 static_cast<std::uint64_t>(execution.execution_key), log.logged_at,
                                 *log.message);
            }
            return learning.lines() < most_lines;
        });
    return learning.learn();
}

AttributionConfig without_file(const AttributionConfig& attribution,
                               const std::filesystem::path& file) {
    AttributionConfig rest = attribution;
    const auto stands_there = [&](const auto& part) { return is_same_file(part.file, file); };
    std::erase_if(rest.rules, stands_there);
    std::erase_if(rest.conventions, stands_there);
    std::erase_if(rest.tests, stands_there);
    return rest;
}

void refuse_edited(const std::filesystem::path& file) {
    constexpr std::size_t most_bytes = 1U << 20U;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return;
    const TextFile read = read_text_file(file, most_bytes);
    if (!read.error.empty()) {
        throw ConfigError(fmt::format("cannot read {}: {}", in_quotes(utf8(file)), read.error));
    }
    std::string_view text = read.text;
    if (!text.starts_with(file_header)) {
        throw ConfigError(fmt::format("{} was not written by 'tidemark messages --learn'; name "
                                      "another file",
                                      in_quotes(utf8(file))));
    }
    text.remove_prefix(file_header.size());
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (text.substr(0, end) == seal(text.substr(end))) return;
    throw ConfigError(fmt::format("{} was edited since it was written; move the rules that you "
                                  "edited into the configuration and remove it, or name another "
                                  "file",
                                  in_quotes(utf8(file))));
}

void write_learned(const std::filesystem::path& file, const std::string& text) {
    refuse_edited(file);
    // which throws where the text is no configuration: that must never reach the file
    parse_config("source.base_url = \"https://gateway.example\"\n" + text, file);
    replace_file(file, fmt::format("{}{}{}", file_header, seal(text), text));
}

} // namespace tidemark
