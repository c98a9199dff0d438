#include "archive/manifest.hpp"

#include "error.hpp"
#include "platform/durable_file.hpp"
#include "platform/files.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <fstream>

namespace tidemark {
namespace {

constexpr std::string_view format_name = "tidemark archive 1";
constexpr std::string_view manifest_file = "manifest.json";
constexpr std::string_view folder_of_executions = "executions";

/// Throws what nlohmann throws.
Manifest manifest_of(const nlohmann::json& json) {
    if (json.at("format").get<std::string>() != format_name)
        throw Error(fmt::format("its format is '{}', not '{}'; a newer version of this program "
                                "wrote it",
                                json.at("format").get<std::string>(), format_name));
    Manifest manifest{.id = json.at("id").get<std::string>(),
                      .organisation = json.at("organisation").get<std::string>()};
    for (const auto& entry : json.at("files")) {
        SegmentState state{.file = entry.at("file").get<std::string>(),
                           .bytes = entry.at("bytes").get<std::uint64_t>(),
                           .blocks = entry.at("blocks").get<std::uint64_t>(),
                           .chain = std::stoull(entry.at("chain").get<std::string>(), nullptr, 16)};
        manifest.segments.emplace(state.file, state);
    }
    return manifest;
}

} // namespace

std::vector<SegmentState> Manifest::of(const std::string& folder) const {
    std::vector<SegmentState> states;
    const std::string beginning = folder + "/";
    for (auto entry = segments.lower_bound(beginning);
         entry != segments.end() && entry->first.starts_with(beginning); ++entry)
        states.push_back(entry->second);
    return states;
}

bool has_manifest(const std::filesystem::path& archive) {
    std::error_code error;
    const bool is_there = std::filesystem::exists(archive / manifest_file, error);
    if (error)
        throw Error(fmt::format("cannot look into '{}': {}", utf8(archive), error.message()));
    return is_there;
}

Manifest read_manifest(const std::filesystem::path& archive) {
    if (!has_manifest(archive)) {
        throw Error(fmt::format("there is no archive in '{}': it holds no '{}'", utf8(archive),
                                manifest_file));
    }
    std::ifstream in(archive / manifest_file, std::ios::binary);
    if (!in) {
        const std::string why = error_words(errno);
        throw Error(fmt::format("cannot read '{}': {}", utf8(archive / manifest_file), why));
    }
    try {
        return manifest_of(nlohmann::json::parse(in));
    } catch (const Error& error) {
        throw Error(damaged(archive, manifest_file, error.what()));
    } catch (const std::exception&) {
        throw Error(damaged(archive, manifest_file, "it is not a valid manifest"));
    }
}

void write_manifest(const std::filesystem::path& archive, const Manifest& manifest) {
    nlohmann::ordered_json json = {{"format", format_name},
                                   {"id", manifest.id},
                                   {"organisation", manifest.organisation},
                                   {"files", nlohmann::ordered_json::array()}};
    for (const auto& [file, state] : manifest.segments) {
        json["files"].push_back({{"file", file},
                                 {"bytes", state.bytes},
                                 {"blocks", state.blocks},
                                 {"chain", fmt::format("{:016x}", state.chain)}});
    }
    replace_file_durably(
        archive / manifest_file,
        json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

std::string folder_of(const Guid& job) {
    return fmt::format("{}/{}", folder_of_executions, to_text(job));
}

bool is_archive_path(const std::filesystem::path& within) {
    const std::string first = within.empty() ? "" : utf8(*within.begin());
    return first.starts_with(manifest_file) || first == archive_lock || first == folder_of_lists ||
           first == folder_of_executions;
}

std::string damaged(const std::filesystem::path& archive, std::string_view file,
                    std::string_view fault) {
    return fmt::format("the archive '{}' is damaged in '{}': {}; restore this file from a backup "
                       "('tidemark archive verify' lists all that is damaged)",
                       utf8(archive), file, fault);
}

} // namespace tidemark
