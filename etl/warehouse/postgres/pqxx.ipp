#pragma once

#include <pqxx/pqxx>

#include <array>
#include <string>
#include <string_view>
#include <utility>

/// What libpqxx 6.4 (Debian 12) and 7.10 (Debian 13) call by different names.
namespace tidemark::postgres {

/// Several statements at once are sent without parameters; the last one's result is returned.
inline pqxx::result exec(pqxx::transaction_base& tx, std::string_view sql) {
    return tx.exec(std::string(sql));
}

#if PQXX_VERSION_MAJOR < 7

template <typename... Params>
pqxx::result exec(pqxx::transaction_base& tx, std::string_view sql, const Params&... params) {
    return tx.exec_params(std::string(sql), params...);
}

/// `columns` are the names, separated by commas: 6.4 puts them together as they are.
inline pqxx::stream_to open_stream(pqxx::transaction_base& tx, std::string_view table,
                                   std::string_view columns) {
    return {tx, std::string(table), std::array{std::string(columns)}};
}

/// Warnings of the server are not this program's output, and a connection that is lost must not be
/// replaced by one that lacks our settings.
inline void set_up(pqxx::connection& connection) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

#else

template <typename... Params>
pqxx::result exec(pqxx::transaction_base& tx, std::string_view sql, const Params&... params) {
    return tx.exec(sql, pqxx::params{params...});
}

inline pqxx::stream_to open_stream(pqxx::transaction_base& tx, std::string_view table,
                                   std::string_view columns) {
    return pqxx::stream_to::raw_table(tx, table, columns);
}

inline void set_up(pqxx::connection& connection) {
    connection.set_notice_handler([](pqxx::zview) noexcept {});
}

#endif

} // namespace tidemark::postgres
