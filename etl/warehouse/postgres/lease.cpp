#include "warehouse/postgres/lease.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "text/utf8.hpp"
#include "warehouse/postgres/schema.hpp"
#include "warehouse/postgres/values.hpp"

#include <fmt/format.h>

#include <bit>
#include <random>

namespace tidemark::postgres {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds poll_interval{200};
constexpr milliseconds reacquire_wait{10000};

/// Advisory locks are numbers, and apart per database already.
std::int64_t lock_number(std::string_view purpose, std::string_view schema) {
    const auto text = fmt::format("tidemark {} {}", purpose, schema);
    return std::bit_cast<std::int64_t>(hash_of(text));
}

std::int64_t lease_number(const Connection& connection) {
    return lock_number("lease", connection.schema());
}

std::int64_t writing_number(const Connection& connection) {
    return lock_number("writing", connection.schema());
}

std::string random_signature() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

/// The process of the server that serves this connection now.
std::int64_t process_of(Connection& connection) {
    return connection.transact(
        [](pqxx::work& tx, int) { return integer_in(exec(tx, "SELECT pg_backend_pid()")[0][0]); });
}

/// Whether connections are given processes anew for each transaction. In a busy pool two of them
/// may for a while be served by two, each by the same.
bool shares_processes(Connection& connection) {
    constexpr int rounds = 20;
    Connection other(connection.url(), connection.schema(), true);
    const auto own = process_of(connection);
    for (int i = 0; i < rounds; ++i) {
        if (process_of(other) == own || process_of(connection) != own) return true;
    }
    return false;
}

void require_own_session(Connection& connection) {
    if (!connection.is_pooled() || !shares_processes(connection)) return;
    throw Error(fmt::format("'{}' is a pooler that shares one connection of the server among"
                            " clients, such as PgBouncer in transaction mode; name the server"
                            " itself, or a pool in session mode, in 'warehouse.url'",
                            connection.name()));
}

} // namespace

HeldLock::HeldLock(const Connection& warehouse, milliseconds wait)
    : m_connection(std::make_unique<Connection>(warehouse.url(), warehouse.schema(), false)) {
    require_own_session(*m_connection);
    if (!acquire(Writers::none, wait)) {
        throw lease_held(warehouse.name(), wait);
    }
    sign();
}

bool HeldLock::acquire(Writers writers, milliseconds wait) {
    return poll_until(wait, poll_interval, [&] { return try_once(writers); });
}

bool HeldLock::try_once(Writers writers) {
    return m_connection->transact([&](pqxx::work& tx, int) {
        const auto lease = std::to_string(lease_number(*m_connection));
        const auto writing = std::to_string(writing_number(*m_connection));
        const auto taken =
            exec(tx, "SELECT pg_try_advisory_lock($1::bigint), pg_backend_pid()", lease);
        if (!flag_in(taken[0][0])) return false;
        m_backend = integer_in(taken[0][1]);
        if (writers == Writers::own) return true;
        if (flag_in(exec(tx, "SELECT pg_try_advisory_xact_lock($1::bigint)", writing)[0][0]))
            return true;
        exec(tx, "SELECT pg_advisory_unlock($1::bigint)", lease);
        return false;
    });
}

void HeldLock::sign() {
    if (schema_state(*m_connection).kind != SchemaKind::ours) return;
    m_signature = random_signature();
    m_connection->transact([&](pqxx::work& tx, int) {
        exec(tx,
             "INSERT INTO setting (name, value) VALUES ('lease', $1)"
             " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
             m_signature);
    });
}

bool HeldLock::is_signed() {
    return m_connection->transact([&](pqxx::work& tx, int) {
        const auto found = exec(tx, "SELECT value FROM setting WHERE name = 'lease'");
        return (found.empty() ? "" : text_in(found[0][0])) == m_signature;
    });
}

void HeldLock::ensure_held(pqxx::work& tx) {
    const auto number = std::bit_cast<std::uint64_t>(lease_number(*m_connection));
    const auto held = exec(
        tx,
        fmt::format("SELECT pg_advisory_xact_lock_shared({}::bigint);"
                    " SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    " AND database = (SELECT oid FROM pg_database"
                    " WHERE datname = current_database())"
                    " AND classid = {}::oid AND objid = {}::oid AND objsubid = 1 AND pid = {}",
                    writing_number(*m_connection), number >> 32U, number & 0xFFFFFFFFU, m_backend));
    if (integer_in(held[0][0]) > 0) return;
    m_connection = std::make_unique<Connection>(m_connection->url(), m_connection->schema(), false);
    if (!acquire(Writers::own, reacquire_wait) || !is_signed()) {
        throw Error(fmt::format("the lock on '{}' was lost and another sync took it; run it again",
                                m_connection->name()));
    }
}

} // namespace tidemark::postgres
