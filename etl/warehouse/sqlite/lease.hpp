#pragma once

#include "warehouse/warehouse.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string_view>

namespace tidemark::sqlite {

/// Locks the file, under whichever of its names: the system frees the lock when its holder ends,
/// however it ends. Throws LeaseHeld when another holds it for longer than `wait`.
std::unique_ptr<Lease> take_lease(const std::filesystem::path& warehouse, std::string_view name,
                                  std::chrono::milliseconds wait);

} // namespace tidemark::sqlite
