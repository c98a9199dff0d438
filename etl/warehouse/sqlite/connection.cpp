#include "warehouse/sqlite/connection.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "platform/path_text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

namespace tidemark::sqlite {
namespace {

int open_flags(Access access) {
    switch (access) {
    case Access::create: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    case Access::existing: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    case Access::read_only: break;
    }
    return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
}

std::string_view advice(int code) {
    switch (code & 0xFF) {
    case SQLITE_BUSY: return "; another program writes to it, try again when that is done";
    case SQLITE_READONLY: return "; allow this user to write to the file and its folder";
    case SQLITE_FULL: return "; free some space on its disk";
    case SQLITE_NOTADB: return "; name another file in 'warehouse.url'";
    case SQLITE_CORRUPT: return "; restore it from a copy, or sync into a new file";
    case SQLITE_CANTOPEN: return "; check the permissions of the file and its folder";
    default: return "";
    }
}

void require_place(const std::filesystem::path& file, Access access) {
    std::error_code ignored;
    const auto folder = file.parent_path();
    if (std::filesystem::is_directory(file, ignored)) {
        throw Error(fmt::format("'{}' is a folder, not a SQLite file", utf8(file)));
    }
    if (std::filesystem::exists(file, ignored)) return;
    if (access != Access::create) {
        throw Error(
            fmt::format("there is no warehouse at '{}'; 'tidemark sync' creates one", utf8(file)));
    }
    if (!std::filesystem::is_directory(folder, ignored)) {
        throw Error(
            fmt::format("cannot create '{}': there is no folder '{}'", utf8(file), utf8(folder)));
    }
}

/// SQLite counts the memory that it holds, under a lock at each allocation, unless told not to
/// before its first use. Nobody asks for the count.
void stop_counting_memory() {
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(configured);
}

/// SQLite's own name for a database that lives in memory only, which is no file.
bool is_in_memory(const std::filesystem::path& file) { return file == ":memory:"; }

/// `file:` and the absolute path, with what has a meaning in a URI as a code.
std::string uri_of(const std::filesystem::path& file) {
    const auto path = file.generic_u8string();
    std::string uri = path.starts_with(u8'/') ? "file:" : "file:/"; // before a drive
    for (const char8_t letter : path) {
        const char c = static_cast<char>(letter);
        if (c == '%' || c == '?' || c == '#') {
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            uri += c;
        }
    }
    return uri;
}

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// How long a batch may still wait for its turn after a signal.
constexpr milliseconds grace{500};

/// The longer it lasts, the less often SQLite looks.
milliseconds poll_delay(int polls) { return milliseconds{std::min(1 << std::min(polls, 6), 50)}; }

} // namespace

/// The wait of one statement for a lock.
struct Connection::LockWait {
    milliseconds longest{0};
    Clock::time_point until;

    /// SQLite's busy handler: 0 gives up.
    static int go_on(void* self, int polls) {
        auto& wait = *static_cast<LockWait*>(self);
        const auto now = Clock::now();
        if (polls == 0) wait.until = now + wait.longest;
        if (noted_signal() != 0) wait.shorten(now);
        if (now >= wait.until) return 0;
        std::this_thread::sleep_for(std::min<Clock::duration>(poll_delay(polls), wait.until - now));
        return 1;
    }

    void shorten(Clock::time_point now) {
        if (!latest_after_signal) latest_after_signal = now + grace;
        until = std::min(until, *latest_after_signal);
    }

    std::optional<Clock::time_point> latest_after_signal;
};

void Connection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Connection::Connection(const std::filesystem::path& file, Access access)
    : m_file(is_in_memory(file) ? file : std::filesystem::absolute(file)),
      m_lock_wait(std::make_unique<LockWait>()) {
    if (!is_in_memory(file)) require_place(m_file, access);
    stop_counting_memory();
    open(utf8(m_file), open_flags(access));
    // a file whose log was removed, in a folder that cannot be written to
    if (access == Access::read_only && !is_in_memory(file) && !can_read() && lacks_permission())
        open_unchanging();
}

Connection::~Connection() = default;

void Connection::open(const std::string& name, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
    m_handle.reset(handle);
    if (code != SQLITE_OK) fail("open");
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_handler(handle, &LockWait::go_on, m_lock_wait.get());
    int yes = 1; // who may not write could not make the log's files anew, and without them not read
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &yes);
}

bool Connection::can_read() const {
    return sqlite3_exec(handle(), "SELECT 1 FROM sqlite_schema", nullptr, nullptr, nullptr) ==
           SQLITE_OK;
}

bool Connection::lacks_permission() const {
    const int code = sqlite3_errcode(handle()) & 0xFF;
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
}

void Connection::open_unchanging() {
    std::error_code none;
    std::filesystem::path log = m_file;
    log += "-wal";
    if (std::filesystem::exists(log, none)) return;
    open(uri_of(m_file) + "?immutable=1",
         SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI);
    m_unchanging = std::filesystem::last_write_time(m_file, none);
}

void Connection::require_unchanged() const {
    std::error_code none;
    if (!m_unchanging || *m_unchanging == std::filesystem::last_write_time(m_file, none)) return;
    throw Error(fmt::format("'{}' was written to while it was read; run it again", utf8(m_file)));
}

// What these change is the file, which the compiler does not see.
// NOLINTBEGIN(readability-make-member-function-const)
void Connection::execute(std::string_view sql) {
    if (sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail("use");
    }
}

milliseconds Connection::wait_for_locks(milliseconds longest) {
    return std::exchange(m_lock_wait->longest, longest);
}
// NOLINTEND(readability-make-member-function-const)

void Connection::fail(std::string_view doing) const {
    if (is_locked_by_another()) stop_if_interrupted();
    throw Error(fmt::format("cannot {} '{}': {}{}", doing, utf8(m_file), sqlite3_errmsg(handle()),
                            advice(sqlite3_errcode(handle()))));
}

bool Connection::is_locked_by_another() const {
    return (sqlite3_errcode(handle()) & 0xFF) == SQLITE_BUSY;
}

Transaction::Transaction(Connection& connection) : m_connection(connection) {
    m_connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (m_open) {
        sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Snapshot::Snapshot(Connection& connection)
    : m_connection(connection), m_begun(sqlite3_get_autocommit(connection.handle()) != 0) {
    if (m_begun) m_connection.execute("BEGIN");
}

Snapshot::~Snapshot() {
    if (m_begun) sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    m_connection.execute("COMMIT");
    m_open = false;
}

} // namespace tidemark::sqlite
