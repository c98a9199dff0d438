#include "warehouse/sqlite/lease.hpp"

#include "error.hpp"
#include "interrupt.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/schema.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <thread>

namespace tidemark::sqlite {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds poll_interval{20};

/// Holds SQLite's RESERVED lock of the file, which nobody else asks for: who writes to a file with
/// a write-ahead log has other locks. SQLite keeps it by the file itself, not by one of its names.
class FileLease : public Lease {
public:
    FileLease(const std::filesystem::path& warehouse, std::string_view name, milliseconds wait)
        : m_connection(warehouse, Access::existing) {
        if (sqlite3_db_readonly(m_connection.handle(), "main") == 1) {
            throw Error(fmt::format("cannot use '{}': attempt to write a readonly database; allow "
                                    "this user to write to the file and its folder",
                                    warehouse.string()));
        }
        if (schema_state(m_connection).kind == SchemaKind::foreign) return; // nobody writes to it
        const auto until = std::chrono::steady_clock::now() + wait;
        while (!try_once()) {
            if (std::chrono::steady_clock::now() >= until) {
                throw LeaseHeld(
                    fmt::format("another sync holds '{}', waited {:.3g} s for it; try again later",
                                name, std::chrono::duration<double>(wait).count()));
            }
            stop_if_interrupted();
            std::this_thread::sleep_for(poll_interval);
        }
    }

    ~FileLease() override {
        if (m_file != nullptr) m_file->pMethods->xUnlock(m_file, SQLITE_LOCK_SHARED);
    }

    FileLease(const FileLease&) = delete;
    FileLease& operator=(const FileLease&) = delete;

private:
    bool try_once() {
        try {
            use_write_ahead_log(m_connection);
            schema_state(m_connection); // from the first look on, the connection shares the file
        } catch (const Interrupted&) {
            throw;
        } catch (const Error&) {
            if (!m_connection.is_locked_by_another()) throw;
            return false;
        }
        sqlite3_file* file = nullptr;
        sqlite3_file_control(m_connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
        const int code = file->pMethods->xLock(file, SQLITE_LOCK_RESERVED);
        if (code == SQLITE_BUSY) return false;
        if (code != SQLITE_OK) {
            throw Error(fmt::format("cannot lock '{}': {}; keep it on a disk of this machine",
                                    m_connection.file().string(), sqlite3_errstr(code)));
        }
        m_file = file;
        return true;
    }

    Connection m_connection;
    sqlite3_file* m_file = nullptr; ///< the connection's, once it is locked
};

} // namespace

std::unique_ptr<Lease> take_lease(const std::filesystem::path& warehouse, std::string_view name,
                                  milliseconds wait) {
    return std::make_unique<FileLease>(warehouse, name, wait);
}

} // namespace tidemark::sqlite
