#pragma once

#include <filesystem>
#include <string_view>

namespace tidemark {

/// Replaces a file atomically: readers see the old text or the new one, never a part. Throws Error
/// when that fails; the old file is unchanged then.
void replace_file(const std::filesystem::path& file, std::string_view text);

} // namespace tidemark
