#include "cli/check_files.hpp"

#include "config/secrets.hpp"
#include "error.hpp"
#include "platform/files.hpp"
#include "platform/path_text.hpp"
#include "text/terminal.hpp"
#include "warehouse/own_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

std::vector<Finding> check_secrets(const Config& config) {
    std::vector<Finding> findings;
    for (const ExposedSecret& exposed : exposed_secrets(config)) {
        findings.push_back(
            {"secrets", "warning",
             fmt::format("others can read '{}', which holds {}; run {}", utf8(exposed.file),
                         exposed.what, command_to_hide(shell_word(utf8(exposed.file))))});
    }
    try {
        if (has_webhook(config.alert)) read_webhook(config.alert);
    } catch (const ConfigError& error) {
        findings.push_back({"secrets", "warning", error.what()});
    }
    return findings;
}

/// Why a file cannot be written into this folder; nullopt when it can.
std::optional<std::string> hindrance_in(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return fmt::format("there is no folder '{}'", utf8(folder));
    if (can_write_into(folder)) return std::nullopt;
    return fmt::format("the folder '{}' cannot be written to by this user", utf8(folder));
}

/// The folder itself or, as it is made when it is missing, the nearest one that is there.
fs::path existing_folder(fs::path folder) {
    std::error_code error;
    while (!fs::exists(folder, error) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

std::vector<Finding> check_written_files(const Config& config) {
    std::vector<Finding> findings;
    for (const WrittenFile& written : files_of_a_sync(config)) {
        try {
            refuse_own_file(written.file, config, written.key);
        } catch (const ConfigError& error) {
            findings.push_back({"files", "failed", error.what(), ExitCode::usage});
            continue;
        }
        const fs::path folder = fs::absolute(written.file).parent_path();
        if (const auto why = hindrance_in(folder)) {
            findings.push_back({"files", "warning",
                                fmt::format("'{}' cannot be written: {}", written.key, *why),
                                ExitCode::partial});
        }
    }
    if (!config.archive.dir) return findings;
    if (const auto why = hindrance_in(existing_folder(fs::absolute(*config.archive.dir)))) {
        findings.push_back({"files", "warning",
                            fmt::format("'archive.dir' cannot be written: {}", *why),
                            ExitCode::partial});
    }
    return findings;
}

} // namespace

std::vector<Finding> check_files(const Config& config) {
    std::vector<Finding> findings = check_secrets(config);
    for (Finding& finding : check_written_files(config))
        findings.push_back(std::move(finding));
    return findings;
}

} // namespace tidemark
