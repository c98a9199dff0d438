#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace tidemark::postgres {

/// The warehouse's advisory lock, held by a connection of its own: the server frees it when that
/// ends, however it ends.
///
/// There are two locks. Who holds the first may write. Every transaction that writes shares the
/// second to its end, and who takes the first waits for the second to be free: a killed holder's
/// last batch, which its server may still be working on, is over before anybody else begins.
class HeldLock {
public:
    /// Throws LeaseHeld when another holds it for longer than `wait`, and Error when a pooler
    /// serves several connections by one process of the server: then the lock would protect
    /// nothing, and stay behind.
    HeldLock(const Connection& warehouse, std::chrono::milliseconds wait);

    /// Within a transaction that writes, before it does: the lock is still held, or taken anew.
    /// Throws Error when it was lost and another sync took it since.
    void ensure_held(pqxx::work& tx);

private:
    /// Whose transactions may still be writing when the lock is taken.
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
