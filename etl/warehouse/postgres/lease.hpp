#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace tidemark::postgres {

/// The warehouse's advisory lock, held by a separate connection: the server releases it whenever
/// this connection ends.
///
/// There are two locks. The holder of the first one may write. Each writing transaction shares the
/// second one, and a new holder of the first waits until the second is free: so a batch of a killed
/// holder, which the server may still execute, ends before the next holder begins.
class HeldLock {
public:
    /// Throws LeaseHeld when another process holds it for longer than `wait`, and Error when a
    /// pooler shares server processes between connections: the lock would then protect nothing and
    /// never be released.
    HeldLock(const Connection& warehouse, std::chrono::milliseconds wait);

    /// To be called at the beginning of each writing transaction: makes sure that the lock is held,
    /// and acquires a lost lock again. Throws Error when another sync has held it in between.
    void ensure_held(pqxx::work& tx);

private:
    /// Whose transactions may still be writing when the lock is acquired.
    enum class Writers { none, own };

    bool acquire(Writers writers, std::chrono::milliseconds wait);
    bool try_once(Writers writers);
    void sign();
    bool is_signed();

    std::unique_ptr<Connection> m_connection;
    std::int64_t m_backend = 0; ///< the server's process that holds it
    std::string m_signature;    ///< left in the database, to see whether another took it since
};

} // namespace tidemark::postgres
