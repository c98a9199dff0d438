#pragma once

#include "warehouse/warehouse.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace tidemark {

/// A warehouse in one SQLite file, in write-ahead-log mode so that readers never wait for a sync.
/// Its lease is a lock of the file itself. Its write-ahead log stays beside it, as `FILE-wal` and
/// `FILE-shm`, so that users who may write neither file nor folder can read it.
/// `lock_wait`: how long a batch waits for another program that writes to the file.
std::unique_ptr<Warehouse>
open_sqlite_warehouse(const std::filesystem::path& file, OpenMode mode,
                      std::chrono::milliseconds lock_wait = std::chrono::seconds{10});

} // namespace tidemark
