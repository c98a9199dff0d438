#pragma once

#include "warehouse/sqlite/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string_view>

namespace tidemark::sqlite {
/// Refreshes the statistics and empties the write-ahead log, as far as locks of other processes
/// allow it.
void optimize(Connection& connection);

/// Locks the file, whichever of its names is used. The system releases the lock whenever its holder
/// ends. Throws LeaseHeld when another process holds it for longer than `wait`.
std::unique_ptr<Lease> acquire_lease(const std::filesystem::path& warehouse, std::string_view name,
                                     std::chrono::milliseconds wait);

} // namespace tidemark::sqlite

namespace tidemark {
/// Opens a warehouse in one SQLite file, in write-ahead-log mode, so that readers never wait for a
/// sync. The lease is a lock on the file itself. The files `FILE-wal` and `FILE-shm` stay beside
/// it, so that users without write access can read it. `lock_wait`: how long a batch waits for
/// another program that writes to the file.
std::unique_ptr<Warehouse>
open_sqlite_warehouse(const std::filesystem::path& file, OpenMode mode,
                      std::chrono::milliseconds lock_wait = std::chrono::seconds{10});

} // namespace tidemark
