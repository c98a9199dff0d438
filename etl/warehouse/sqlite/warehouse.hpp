#pragma once

#include "warehouse/sqlite/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string_view>

namespace tidemark::sqlite {
/// Refreshes the statistics and empties the write-ahead log, as far as nobody is in the way.
void optimize(Connection& connection);

/// Locks the file, under whichever of its names: the system frees the lock when its holder ends,
/// however it ends. Throws LeaseHeld when another holds it for longer than `wait`.
std::unique_ptr<Lease> acquire_lease(const std::filesystem::path& warehouse, std::string_view name,
                                     std::chrono::milliseconds wait);

} // namespace tidemark::sqlite

namespace tidemark {
/// A warehouse in one SQLite file, in write-ahead-log mode so that readers never wait for a sync.
/// Its lease is a lock of the file itself. Its write-ahead log stays beside it, as `FILE-wal` and
/// `FILE-shm`, so that users who may write neither file nor folder can read it.
/// `lock_wait`: how long a batch waits for another program that writes to the file.
std::unique_ptr<Warehouse>
open_sqlite_warehouse(const std::filesystem::path& file, OpenMode mode,
                      std::chrono::milliseconds lock_wait = std::chrono::seconds{10});

} // namespace tidemark
