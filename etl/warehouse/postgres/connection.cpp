#include "warehouse/postgres/connection.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "warehouse/postgres/failure.hpp"
#include "warehouse/postgres/url.hpp"
#include "warehouse/postgres/values.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <future>
#include <thread>

namespace tidemark::postgres {
namespace {

using std::chrono::milliseconds;

/// Before each further try: a connection that was cut is back at once, a server that crashed within
/// half a minute.
constexpr std::array retry_delays{milliseconds{0},    milliseconds{500},  milliseconds{2000},
                                  milliseconds{5000}, milliseconds{8000}, milliseconds{12000}};

/// libpq waits for ever where neither the URL nor the environment says how long: for a connection,
/// and for the answer of a server that has vanished from the network.
std::string with_timeouts(std::string url) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> limits{
        {{"keepalives_idle", "20"},
         {"keepalives_interval", "5"},
         {"keepalives_count", "5"},
         {"tcp_user_timeout", "45000"}}}; // milliseconds; the others are seconds
    for (const auto& [name, value] : limits)
        url = with_option(url, name, value);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody here sets variables
    if (std::getenv("PGCONNECT_TIMEOUT") != nullptr) return url;
    return with_option(url, "connect_timeout", "10");
}

/// Throws ConfigError for a database that cannot hold every text. SQL_ASCII holds what it is given.
void require_unicode(std::string_view encoding, std::string_view name) {
    if (encoding == "UTF8" || encoding == "SQL_ASCII") return;
    throw ConfigError(fmt::format("'{}' has the encoding {}, in which messages cannot be stored as"
                                  " they are; create the database with ENCODING 'UTF8' (createdb"
                                  " --template=template0 --encoding=UTF8), or name another in"
                                  " 'warehouse.url'",
                                  name, encoding));
}

/// libpq does not return before it is connected or gives up, whatever signal comes: so it does that
/// on a thread, which an interrupted program leaves behind.
std::unique_ptr<pqxx::connection> open_session(const std::string& url) {
    std::packaged_task<std::unique_ptr<pqxx::connection>()> opening(
        [url] { return std::make_unique<pqxx::connection>(url); });
    auto opened = opening.get_future();
    std::thread(std::move(opening)).detach();
    while (opened.wait_for(milliseconds{50}) != std::future_status::ready)
        stop_if_interrupted();
    return opened.get();
}

/// The server looks whether we are still there while it works on a long statement or waits for a
/// lock, so that a program that was killed leaves none of its locks behind. Servers before 14, and
/// those on some systems, cannot do that.
void watch_for_disconnect(pqxx::connection& session) {
    try {
        pqxx::work tx(session);
        exec(tx, "SET client_connection_check_interval = '1s'");
        tx.commit();
    } catch (const pqxx::sql_error&) {
        // then it notices when the statement ends
    }
}

} // namespace

Connection::Connection(std::string url, std::string schema, bool read_only)
    : m_url(std::move(url)),
      m_schema(std::move(schema)),
      m_name(without_secrets(m_url)),
      m_read_only(read_only) {
    if (has_unencoded_password(m_url)) {
        throw ConfigError("the password in the warehouse's URL holds a character that must be"
                          " percent-encoded there, such as %40 for '@'; better, give it in"
                          " PGPASSWORD, a passfile or a service file");
    }
    if (has_invalid_port(m_url)) // not printed: it may be a password
        throw ConfigError("the port in 'warehouse.url' is not a number");
    try {
        connect();
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        throw failure("open", m_name, error);
    }
}

pqxx::connection& Connection::session() {
    if (!m_session) connect();
    return *m_session;
}

void Connection::connect() {
    auto session = open_session(with_timeouts(m_url));
    set_up(*session);
    watch_for_disconnect(*session);
    pqxx::work tx(*session);
    const auto encoding =
        exec(tx, fmt::format("SET search_path = \"{}\"; SET application_name = 'tidemark';"
                             " SET timezone = 'UTC'; SET datestyle = 'ISO, YMD';"
                             " SET client_encoding = 'UTF8'; SET client_min_messages = 'warning';"
                             " SET jit = off;" // compiling took a fifth of a first load
                             " SET default_transaction_read_only = {}; SHOW server_encoding",
                             m_schema, m_read_only ? "on" : "off"));
    tx.commit();
    require_unicode(text_in(encoding[0][0]), m_name);
    m_session = std::move(session);
}

bool Connection::is_pooled() {
    return transact([&](pqxx::work& tx, int) {
        return integer_in(exec(tx, "SELECT pg_backend_pid()")[0][0]) != session().backendpid();
    });
}

void Connection::recover(const std::exception& error, int failures) {
    if (dynamic_cast<const Error*>(&error) != nullptr) throw;
    auto recovery = recovery_for(error, m_session && m_session->is_open());
    // the try before this one was stored after all, and its server is telling it only now
    if (failures > 0 && sqlstate_of(error) == "23505") recovery = Recovery::repeat;
    const auto tried = static_cast<std::size_t>(failures);
    if (recovery == Recovery::none || tried >= retry_delays.size()) give_up(error);
    if (recovery == Recovery::reconnect) m_session.reset();
    wait_for(retry_delays.at(tried));
}

void Connection::give_up(const std::exception& error) {
    if (dynamic_cast<const Error*>(&error) != nullptr) throw;
    if (m_session && !m_session->is_open()) m_session.reset();
    throw failure("use", m_name, error);
}

} // namespace tidemark::postgres
