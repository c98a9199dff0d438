#include "config/exposed_secrets.hpp"

#include <algorithm>

namespace tidemark {
namespace {

bool others_can_read(const std::filesystem::path& file) {
#ifdef _WIN32
    static_cast<void>(file); // every file says so there
    return false;
#else
    using std::filesystem::perms;
    std::error_code ignored;
    const auto status = std::filesystem::status(file, ignored);
    return std::filesystem::exists(status) &&
           (status.permissions() & (perms::group_read | perms::others_read)) != perms::none;
#endif
}

/// `//user:password@`, or an option `password=`. An address without either may hold no secret.
bool holds_password(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return false;
    const auto at = std::max(url.rfind('@') + 1, scheme + 3); // npos + 1 is 0
    const auto user = url.substr(scheme + 3, at - scheme - 3);
    return user.find(':') != std::string_view::npos ||
           url.find("password=") != std::string_view::npos;
}

} // namespace

std::vector<ExposedSecret> exposed_secrets(const Config& config) {
    std::vector<ExposedSecret> exposed;
    const auto look_at = [&](const std::filesystem::path& file, std::string_view what) {
        if (others_can_read(file)) exposed.push_back({file, what});
    };
    if (config.source.api_key_file) look_at(*config.source.api_key_file, "the API key");
    if (holds_password(config.warehouse.url)) look_at(config.file, "the database's password");
    const std::string proxy = config.source.proxy.value_or("");
    if (holds_password(proxy.find("://") == std::string::npos ? "http://" + proxy : proxy))
        look_at(config.file, "the proxy's password");
    return exposed;
}

} // namespace tidemark
