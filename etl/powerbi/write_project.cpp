#include "error.hpp"
#include "platform/durable_file.hpp"
#include "platform/path_text.hpp"
#include "powerbi/project.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tidemark::powerbi {
namespace {

namespace fs = std::filesystem;

/// What was written into the folder: each file with a hash of its text.
constexpr std::string_view manifest_name = ".tidemark-powerbi.json";

void write_text(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    replace_file(file, text);
}

/// The files of an earlier call with their hashes; empty for a folder without a manifest.
std::map<std::string, std::string> written_before(const fs::path& folder, const Files& there) {
    const auto manifest = there.find(std::string{manifest_name});
    std::map<std::string, std::string> hashes;
    if (manifest == there.end()) return hashes;
    const auto json = nlohmann::json::parse(manifest->second, nullptr, false);
    if (json.is_object()) {
        for (const auto& [path, hash] : json.items()) {
            if (hash.is_string()) hashes[path] = hash.get<std::string>();
        }
    }
    if (hashes.empty()) {
        throw ConfigError(
            fmt::format("'{}' is broken; name another folder", utf8(folder / manifest_name)));
    }
    return hashes;
}

void require_unchanged(const fs::path& folder, const Files& there,
                       const std::map<std::string, std::string>& before, const Files& files) {
    for (const auto& [path, text] : there) {
        const auto known = before.find(path);
        const bool in_the_way =
            known != before.end() ? known->second != hash_text(text) : files.contains(path);
        if (!in_the_way) continue;
        throw ConfigError(
            fmt::format("'{}' was changed since it was written; name another folder, or"
                        " give '--overwrite' to lose the changes",
                        utf8(folder / path_of(path))));
    }
}

} // namespace

void write_project(const fs::path& folder, const Files& files, Overwrite overwrite) {
    if (fs::exists(folder) && !fs::is_directory(folder))
        throw ConfigError(fmt::format("'{}' is no folder; name another", utf8(folder)));
    const Files there = fs::exists(folder) ? read_files(folder) : Files{};
    const auto before = written_before(folder, there);
    if (before.empty() && !there.empty()) {
        throw ConfigError(fmt::format("'{}' holds files that 'tidemark powerbi' did not write; name"
                                      " another folder",
                                      utf8(folder)));
    }
    if (overwrite == Overwrite::unchanged) require_unchanged(folder, there, before, files);
    // first, so that a call that is cut off leaves a folder that the next one knows
    nlohmann::json manifest;
    for (const auto& [path, text] : files)
        manifest[path] = hash_text(text);
    write_text(folder / manifest_name, manifest.dump(1) + "\n");
    for (const auto& [path, text] : files)
        write_text(folder / path_of(path), text);
    for (const auto& [path, hash] : before) {
        if (!files.contains(path)) fs::remove(folder / path_of(path));
    }
}

} // namespace tidemark::powerbi
