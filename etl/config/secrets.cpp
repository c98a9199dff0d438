#include "config/secrets.hpp"

#include "config/config.hpp"
#include "config/text_file.hpp"
#include "error.hpp"
#include "platform/files.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace tidemark {
namespace {

std::string trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return "";
    return std::string{text.substr(first, text.find_last_not_of(white) - first + 1)};
}

/// A secret, and the keys of the configuration that say where it is.
struct SecretPlace {
    std::string_view what;
    std::string_view file_setting;
    std::string_view variable_setting;
};

constexpr SecretPlace api_key{"API key", "source.api_key_file", "source.api_key_env"};
constexpr SecretPlace webhook{"webhook", "alert.webhook_file", "alert.webhook_env"};

/// A name in capitals is a name. Anything else may be the secret itself, put where its name
/// belongs.
std::string shown_name(const std::string& variable, const SecretPlace& secret) {
    const auto plain = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return std::all_of(variable.begin(), variable.end(), plain)
               ? fmt::format("environment variable '{}'", variable)
               : fmt::format("environment variable that '{}' names", secret.variable_setting);
}

std::string secret_from_file(const std::filesystem::path& file, const SecretPlace& secret) {
    constexpr std::size_t most_bytes = 65536;
    TextFile read = read_text_file(file, most_bytes);
    if (read.error.empty()) return std::move(read.text);
    throw ConfigError(fmt::format("cannot read the {} from '{}': {} (see '{}')", secret.what,
                                  utf8(file), read.error, secret.file_setting));
}

std::string secret_from_environment(const std::string& variable, const SecretPlace& secret) {
    if (auto value = environment(variable)) return *std::move(value);
    throw ConfigError(fmt::format("the {} is not set (set it to the {}, or name a file in '{}')",
                                  shown_name(variable, secret), secret.what, secret.file_setting));
}

/// The key that systemd hands to a service (`LoadCredential=tidemark.key:FILE`).
std::optional<std::filesystem::path> key_credential() {
    const auto folder = environment("CREDENTIALS_DIRECTORY");
    if (!folder || folder->empty()) return std::nullopt;
    std::filesystem::path file = path_of(*folder) / "tidemark.key";
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? std::optional{std::move(file)} : std::nullopt;
}

} // namespace

std::string checked_api_key(std::string_view text, std::string_view place) {
    std::string key = trimmed(text);
    if (key.empty()) throw ConfigError(fmt::format("{} holds no API key: it is empty", place));
    if (std::any_of(key.begin(), key.end(), is_control)) {
        throw ConfigError(fmt::format("{} holds no API key: it has control characters or more than "
                                      "one line",
                                      place));
    }
    return key;
}

std::string read_api_key(const SourceConfig& source) {
    const auto credential = key_credential();
    const auto& file = credential ? credential : source.api_key_file;
    const std::string place =
        file ? fmt::format("file '{}'", utf8(*file)) : shown_name(source.api_key_env, api_key);
    const auto* setting = file ? "source.api_key_file" : "source.api_key_env";
    const std::string text = file ? secret_from_file(*file, api_key)
                                  : secret_from_environment(source.api_key_env, api_key);
    try {
        return checked_api_key(text, "the " + place);
    } catch (const ConfigError& error) {
        throw ConfigError(fmt::format("{} (see '{}')", error.what(), setting));
    }
}

namespace {

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
    const auto check_file = [&](const std::filesystem::path& file, std::string_view what) {
        if (others_can_read(file)) exposed.push_back({file, what});
    };
    if (config.source.api_key_file) check_file(*config.source.api_key_file, "the API key");
    if (config.alert.webhook_file) check_file(*config.alert.webhook_file, "the webhook");
    if (!config.alert.webhook.empty()) check_file(config.file, "the webhook");
    if (!config.ping.url.empty()) check_file(config.file, "the URL of the ping");
    if (holds_password(config.warehouse.url)) check_file(config.file, "the database's password");
    const std::string proxy = config.source.proxy.value_or("");
    if (holds_password(proxy.find("://") == std::string::npos ? "http://" + proxy : proxy))
        check_file(config.file, "the proxy's password");
    return exposed;
}

bool has_webhook(const AlertConfig& alert) {
    return !alert.webhook.empty() || alert.webhook_file || !alert.webhook_env.empty();
}

std::string read_webhook(const AlertConfig& alert) {
    std::string url = alert.webhook;
    if (alert.webhook_file) {
        url = secret_from_file(*alert.webhook_file, webhook);
    } else if (!alert.webhook_env.empty()) {
        url = secret_from_environment(alert.webhook_env, webhook);
    }
    url = trimmed(url);
    const bool is_url = url.starts_with("https://") || url.starts_with("http://");
    if (!is_url || std::any_of(url.begin(), url.end(), is_control))
        throw ConfigError("the webhook must begin with 'https://' or 'http://', and be one line");
    return url;
}

} // namespace tidemark
