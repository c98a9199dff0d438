#pragma once

#include "warehouse/postgres/pqxx.ipp"

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace tidemark::postgres {

/// A connection whose statements use one schema. Each failure is an Error with the warehouse's
/// name, the server's message and a remedy.
class Connection {
public:
    /// Connects. `url` is in libpq's format; `schema` may not exist yet. Throws ConfigError for an
    /// invalid URL, and for a database with another encoding than UTF8.
    Connection(std::string url, std::string schema, bool read_only);

    /// Runs `work` in a transaction. When the connection is lost, or on a serialization failure or
    /// deadlock, it repeats this a few times within half a minute, so `work` must be safe to
    /// repeat. `work` receives the number of failed tries.
    template <typename Work> auto transact(Work work) {
        return repeat([&](int failures) { return in_transaction(work, failures); });
    }

    /// The same without repetition.
    template <typename Work> auto transact_once(Work work) {
        try {
            const auto once = [&](pqxx::work& tx, int) { return work(tx); };
            return in_transaction(once, 0);
        } catch (const std::exception& error) {
            give_up(error);
        }
    }

    /// Whether a pooler is in between: another server process answers than the one that libpq
    /// connected to.
    bool is_pooled();

    [[nodiscard]] const std::string& url() const { return m_url; }
    [[nodiscard]] const std::string& schema() const { return m_schema; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] bool read_only() const { return m_read_only; }

private:
    template <typename Work> auto in_transaction(const Work& work, int failures) {
        pqxx::work tx(session());
        if constexpr (std::is_void_v<decltype(work(tx, failures))>) {
            work(tx, failures);
            tx.commit();
        } else {
            auto result = work(tx, failures);
            tx.commit();
            return result;
        }
    }

    template <typename Try> auto repeat(Try try_once) {
        for (int failures = 0;; ++failures) {
            try {
                return try_once(failures);
            } catch (const std::exception& error) {
                recover(error, failures);
            }
        }
    }

    pqxx::connection& session();
    void connect();
    void recover(const std::exception& error, int failures);
    [[noreturn]] void give_up(const std::exception& error);

    std::string m_url;
    std::string m_schema;
    std::string m_name;
    bool m_read_only;
    std::unique_ptr<pqxx::connection> m_session;
};

} // namespace tidemark::postgres
