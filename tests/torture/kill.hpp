#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace tidemark::torture {

/// Runs `tidemark WORDS` in a folder and kills it so long after it began. Returns whether it was
/// still there to be killed.
bool kill_after(const std::filesystem::path& folder, const std::vector<std::string>& words,
                std::chrono::microseconds time);

/// Runs it and kills it just before the nth time (from 1) that it asks the system to change
/// something: to write, send, lock, flush, cut, rename or remove. Returns how often it had asked by
/// then: less than `nth` when it ended before.
int kill_at_change(const std::filesystem::path& folder, const std::vector<std::string>& words,
                   int nth);

} // namespace tidemark::torture
