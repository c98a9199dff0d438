#include "error.hpp"
#include "platform/durable_file.hpp"
#include "platform/path_text.hpp"
#include "powerbi/project.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace tidemark::powerbi {
namespace {

namespace fs = std::filesystem;

/// What was written into the folder: each file with the hashes that its text may have.
constexpr std::string_view manifest_name = ".tidemark-powerbi.json";

void write_text(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    replace_file(file, text);
}

/// By file: one hash; two while a call replaces the file, of the text before and of the new one.
using Written = std::map<std::string, std::vector<std::string>>;

/// Whether a file of this name lies in the folder: who edits a manifest can write any name.
bool is_inside(const std::string& name) {
    const fs::path path = path_of(name);
    return path.is_relative() && !path.has_root_path() &&
           std::ranges::find(path, fs::path{".."}) == path.end();
}

/// The files of an earlier call; empty for a folder without a manifest.
Written written_before(const fs::path& folder, const Files& there) {
    const auto manifest = there.find(std::string{manifest_name});
    Written written;
    if (manifest == there.end()) return written;
    const auto json = nlohmann::json::parse(manifest->second, nullptr, false);
    if (json.is_object()) {
        for (const auto& [path, hashes] : json.items()) {
            if (!is_inside(path)) continue;
            for (const auto& hash : hashes.is_array() ? hashes : nlohmann::json::array({hashes})) {
                if (hash.is_string()) written[path].push_back(hash.get<std::string>());
            }
        }
    }
    if (written.empty()) {
        throw ConfigError(
            fmt::format("'{}' is broken; name another folder", utf8(folder / manifest_name)));
    }
    return written;
}

void write_manifest(const fs::path& folder, const Written& written) {
    nlohmann::json manifest;
    for (const auto& [path, hashes] : written) {
        if (hashes.size() == 1)
            manifest[path] = hashes.front();
        else
            manifest[path] = hashes;
    }
    write_text(folder / manifest_name, manifest.dump(1) + "\n");
}

void require_unchanged(const fs::path& folder, const Files& there, const Written& before,
                       const Files& files) {
    for (const auto& [path, text] : there) {
        const auto known = before.find(path);
        const bool in_the_way =
            known != before.end()
                ? std::ranges::find(known->second, hash_text(text)) == known->second.end()
                : files.contains(path);
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
    Written written;
    for (const auto& [path, text] : files)
        written[path] = {hash_text(text)};
    // first what each file may be, so that the next call knows what one that is cut off leaves
    Written either = before;
    for (const auto& [path, hashes] : written)
        either[path].insert(either[path].end(), hashes.begin(), hashes.end());
    write_manifest(folder, either);
    for (const auto& [path, text] : files)
        write_text(folder / path_of(path), text);
    for (const auto& [path, hashes] : before) {
        if (!files.contains(path)) fs::remove(folder / path_of(path));
    }
    write_manifest(folder, written);
}

} // namespace tidemark::powerbi
