#include "platform/zone_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "TZif";

const fs::path& folder() {
    static const fs::path zones = "/usr/share/zoneinfo";
    return zones;
}

bool is_compiled_zone(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string start(magic.size(), '\0');
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    return in && start == magic;
}

} // namespace

std::optional<std::string> zone_file(std::string_view name) {
    if (!is_zone_name(name) || !is_compiled_zone(folder() / name)) return std::nullopt;
    std::ifstream in(folder() / name, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> zone_names() {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(folder(), none)) {
        std::string name = entry.path().lexically_relative(folder()).generic_string();
        if (entry.is_regular_file(none) && is_zone_name(name) && is_compiled_zone(entry.path()))
            names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
}

std::string zone_data_version() {
    constexpr std::string_view before = "# version ";
    std::string line;
    std::ifstream source(folder() / "tzdata.zi");
    if (!std::getline(source, line) || !line.starts_with(before)) return "";
    return line.substr(before.size());
}

} // namespace tidemark
