#include "warehouse/sqlite/settle.hpp"

#include "error.hpp"

namespace tidemark::sqlite {
namespace {

void try_to(Connection& connection, std::string_view sql) {
    try {
        connection.execute(sql);
    } catch (const Error&) {
        // the next sync tries again
    }
}

} // namespace

void settle(Connection& connection) {
    const auto usual = connection.wait_for_locks(std::chrono::milliseconds{0});
    try_to(connection, "PRAGMA analysis_limit = 400; PRAGMA optimize");
    try_to(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    connection.wait_for_locks(usual);
}

} // namespace tidemark::sqlite
