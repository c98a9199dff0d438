#include "platform/zone_files.hpp"

#include "platform/path_text.hpp"
#include "platform/process.hpp"

#include <windows.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <map>

namespace tidemark {
namespace {

/// What cmake/windows/zones.sh made: a line with the version, one with name and size of each zone,
/// an empty one, and then the files.
struct Archive {
    std::string_view version;
    std::map<std::string_view, std::string_view> files;
};

std::string_view embedded_bytes() {
    const HRSRC found = FindResourceW(nullptr, L"ZONES", L"TZDATA");
    if (found == nullptr) return {};
    const HGLOBAL loaded = LoadResource(nullptr, found);
    return {static_cast<const char*>(LockResource(loaded)), SizeofResource(nullptr, found)};
}

std::string_view next_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

Archive read_archive() {
    Archive archive;
    std::string_view rest = embedded_bytes();
    archive.version = next_line(rest);
    std::map<std::string_view, std::size_t> sizes;
    std::vector<std::string_view> order;
    for (std::string_view line = next_line(rest); !line.empty(); line = next_line(rest)) {
        const std::size_t blank = line.find(' ');
        std::size_t size = 0;
        std::from_chars(line.data() + blank + 1, line.data() + line.size(), size);
        order.push_back(line.substr(0, blank));
        sizes[order.back()] = size;
    }
    for (const std::string_view name : order) {
        archive.files[name] = rest.substr(0, sizes[name]);
        rest.remove_prefix(archive.files[name].size());
    }
    return archive;
}

const Archive& archive() {
    static const Archive read = read_archive();
    return read;
}

} // namespace

std::optional<std::string> zone_file(std::string_view name) {
    if (!is_zone_name(name)) return std::nullopt;
    std::ifstream newer(program_path().parent_path() / "zoneinfo" / path_of(name),
                        std::ios::binary);
    if (newer) return std::string{std::istreambuf_iterator<char>{newer}, {}};
    const auto found = archive().files.find(name);
    if (found == archive().files.end()) return std::nullopt;
    return std::string{found->second};
}

std::vector<std::string> zone_names() {
    std::vector<std::string> names;
    for (const auto& [name, file] : archive().files)
        names.emplace_back(name);
    return names;
}

std::string zone_data_version() { return std::string{archive().version}; }

} // namespace tidemark
