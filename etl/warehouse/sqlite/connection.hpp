#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;

namespace tidemark::sqlite {

enum class Access { create, existing, read_only };

/// An open SQLite file. Each failure is an Error with the file's name and SQLite's message.
class Connection {
public:
    /// Throws Error when the file does not exist (unless `access` is `create`), cannot be opened,
    /// or is no database.
    Connection(const std::filesystem::path& file, Access access);
    ~Connection();

    /// Runs statements one after the other, and ignores their results.
    void execute(std::string_view sql);

    /// Sets how long a statement waits for locks of other processes; after a signal was noted it
    /// waits at most half a second more. Returns the previous setting.
    std::chrono::milliseconds wait_for_locks(std::chrono::milliseconds longest);

    /// Throws an Error for the last failure; Interrupted when it waited for a lock and a signal was
    /// noted.
    [[noreturn]] void fail(std::string_view doing) const;

    /// Whether the last failure was a lock of another connection.
    [[nodiscard]] bool is_locked_by_another() const;

    /// Throws Error when the file was opened as immutable and has been changed. It is opened so
    /// when its write-ahead log is missing and this user may not create one.
    void require_unchanged() const;

    [[nodiscard]] sqlite3* handle() const { return m_handle.get(); }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct LockWait;
    void open(const std::string& name, int flags);
    [[nodiscard]] bool can_read() const;
    [[nodiscard]] bool lacks_permission() const;
    void open_unchanging();

    std::filesystem::path m_file;
    std::optional<std::filesystem::file_time_type> m_unchanging; ///< since when
    std::unique_ptr<LockWait> m_lock_wait;                       ///< its address is known to SQLite
    std::unique_ptr<sqlite3, Close> m_handle;
};

/// A transaction: rolls back when it is destroyed before `commit`.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Connection& m_connection;
    bool m_open = true;
};

/// A read transaction: all reads during its lifetime see the same state. Within another transaction
/// it is a part of that one.
class Snapshot {
public:
    explicit Snapshot(Connection& connection);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& m_connection;
    bool m_begun; ///< here
};

} // namespace tidemark::sqlite
