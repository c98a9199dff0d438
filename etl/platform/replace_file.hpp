#pragma once

#include <filesystem>
#include <string_view>

namespace tidemark {

/// Writes a file that others read: they see the old one or the new one, never a part. Throws Error
/// when it cannot be written; then the old one is still there.
void replace_file(const std::filesystem::path& file, std::string_view text);

} // namespace tidemark
