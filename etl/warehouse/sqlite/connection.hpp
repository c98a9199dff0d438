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

/// An open SQLite file. Every failure is an Error with the file's name and SQLite's words.
class Connection {
public:
    /// Throws Error when the file is not there (unless it may be created), cannot be opened, or is
    /// no database.
    Connection(const std::filesystem::path& file, Access access);
    ~Connection();

    /// Runs statements that return nothing of interest, one after the other.
    void execute(std::string_view sql);

    /// How long a statement waits for other processes' locks; once a signal was noted, no longer
    /// than half a second more. Returns how long it was before.
    std::chrono::milliseconds wait_for_locks(std::chrono::milliseconds longest);

    /// Throws Interrupted instead when it waited for a lock and a signal was noted.
    [[noreturn]] void fail(std::string_view doing) const;

    /// Whether what failed last is another connection's lock.
    [[nodiscard]] bool is_locked_by_another() const;

    /// Throws Error when the file was read as one that nobody changes, and somebody did. It is read
    /// so where its log is missing and this user may not make one.
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

/// Everything up to `commit`, or nothing: rolls back when it is left before.
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

/// Everything that is read while it lives is of one moment.
class Snapshot {
public:
    explicit Snapshot(Connection& connection);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& m_connection;
};

} // namespace tidemark::sqlite
