#include "warehouse/sqlite/lease.hpp"

#include "error.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

/// Both names of a warehouse that is reached through a link lock the same file.
std::filesystem::path lock_file(const std::filesystem::path& warehouse) {
    std::error_code ignored;
    auto file = std::filesystem::weakly_canonical(warehouse, ignored);
    if (ignored) file = warehouse;
    file += ".lock";
    return file;
}

class FileLease : public Lease {
public:
    FileLease(const std::filesystem::path& warehouse, std::string_view name,
              std::chrono::milliseconds wait)
        : m_lock(lock_file(warehouse), Access::create) {
        m_lock.wait_for_locks(wait);
        try {
            m_lock.execute("BEGIN EXCLUSIVE");
        } catch (const Interrupted&) {
            throw;
        } catch (const Error&) {
            if (!m_lock.is_locked_by_another()) throw;
            throw LeaseHeld(
                fmt::format("another sync holds '{}', waited {:.3g} s for it; try again later",
                            name, std::chrono::duration<double>(wait).count()));
        }
    }

private:
    Connection m_lock; // closing it ends the transaction and with it the lock
};

} // namespace

std::unique_ptr<Lease> take_lease(const std::filesystem::path& warehouse, std::string_view name,
                                  std::chrono::milliseconds wait) {
    return std::make_unique<FileLease>(warehouse, name, wait);
}

} // namespace tidemark::sqlite
