#include "warehouse/postgres/failure.hpp"

#include "warehouse/postgres/pqxx.ipp"

#include <fmt/format.h>

#include <array>

namespace tidemark::postgres {
namespace {

struct Advice {
    std::string_view sign; ///< an SQLSTATE, or a part of what libpq says
    std::string_view text;
};

constexpr std::string_view password_advice =
    "give the password in PGPASSWORD, a passfile or a service file";
constexpr std::string_view privilege_advice =
    "grant this role what 'tidemark migrate --grants' prints";

// the writer's, the reader's and the lock's
constexpr std::string_view connections_advice =
    "'tidemark sync' needs 3 connections; allow this role and database so many, or try again when "
    "fewer clients are connected";

constexpr std::array by_code{
    Advice{"42501", privilege_advice},
    Advice{"53100", "free some space on the server's disk"},
    Advice{"53300", connections_advice},
    Advice{"25006", "name the primary server in 'warehouse.url'"},
    Advice{"42P01", "run 'tidemark migrate'"},
    Advice{"2BP01", "drop what depends on it, and create that again afterwards"},
};

constexpr std::array by_words{
    Advice{"too many connections", connections_advice}, // no code comes while connecting
    Advice{"too many clients", connections_advice},
    Advice{"connection slots are reserved", connections_advice},
    Advice{"password authentication failed", password_advice},
    Advice{"no password supplied", password_advice},
    Advice{"Connection refused", "start the server, or check host and port in 'warehouse.url'"},
    Advice{"No such file or directory", "start the server, or name its host in 'warehouse.url'"},
    Advice{"could not translate host name", "check the host in 'warehouse.url'"},
    Advice{"timeout expired", "check host and port in 'warehouse.url', and the firewall"},
    Advice{"no pg_hba.conf entry", "let the server's pg_hba.conf admit this user and host"},
    Advice{"permission denied for database", privilege_advice},
    Advice{"does not support SSL", "turn TLS on at the server, or change 'sslmode'"},
    Advice{"certificate", "check 'sslmode' and 'sslrootcert'"},
    Advice{"invalid", "check 'warehouse.url'"},
    Advice{"unsupported startup parameter", "connect to the server itself, not to its pooler"},
};

std::string_view advice_for(std::string_view code, std::string_view words) {
    for (const Advice& advice : by_code) {
        if (advice.sign == code) return advice.text;
    }
    for (const Advice& advice : by_words) {
        if (words.find(advice.sign) != std::string_view::npos) return advice.text;
    }
    const bool no_database = words.find("database \"") != std::string_view::npos &&
                             words.find("does not exist") != std::string_view::npos;
    return no_database ? "create it with 'createdb', or name another in 'warehouse.url'" : "";
}

/// The server's message without its severity, its detail behind it, on one line. The statement that
/// failed and where in it are of no use to who reads this.
std::string in_server_words(std::string_view message) {
    constexpr std::size_t longest = 300;
    std::string words;
    while (!message.empty()) {
        auto line = message.substr(0, message.find('\n'));
        message.remove_prefix(std::min(line.size() + 1, message.size()));
        if (line.starts_with("LINE ") || line.starts_with("CONTEXT:")) break;
        for (const std::string_view prefix : {"ERROR:  ", "FATAL:  ", "DETAIL:  ", "HINT:  "}) {
            if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
        }
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.empty() || line.starts_with("Is the server running")) continue;
        if (!words.empty()) words += ' ';
        words += line;
    }
    while (words.ends_with('.'))
        words.pop_back();
    if (words.size() > longest) words = words.substr(0, longest) + "…";
    return words;
}

template <typename Failure> bool is(const std::exception& error) {
    return dynamic_cast<const Failure*>(&error) != nullptr;
}

} // namespace

// 6.4 does not keep the code of every failure that it has a type for
std::string sqlstate_of(const std::exception& error) {
    if (is<pqxx::deadlock_detected>(error)) return "40P01";
    if (is<pqxx::serialization_failure>(error)) return "40001";
    if (is<pqxx::insufficient_privilege>(error)) return "42501";
    if (is<pqxx::disk_full>(error)) return "53100";
    if (is<pqxx::too_many_connections>(error)) return "53300";
    if (is<pqxx::undefined_table>(error)) return "42P01";
    if (is<pqxx::unique_violation>(error)) return "23505";
    const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error);
    return sql == nullptr ? "" : sql->sqlstate();
}

Recovery recovery_for(const std::exception& error, bool connected) {
    const std::string code = sqlstate_of(error);
    if (!connected || code.starts_with("08") || code.starts_with("57P")) return Recovery::reconnect;
    if (is<pqxx::broken_connection>(error) || is<pqxx::in_doubt_error>(error))
        return Recovery::reconnect;
    if (code == "40001" || code == "40P01") return Recovery::repeat;
    return Recovery::none;
}

Error failure(std::string_view doing, std::string_view name, const std::exception& error) {
    const std::string words = in_server_words(error.what());
    const auto advice = advice_for(sqlstate_of(error), words);
    return Error(fmt::format("cannot {} '{}': {}{}{}", doing, name, words,
                             advice.empty() ? "" : "; ", advice));
}

} // namespace tidemark::postgres
