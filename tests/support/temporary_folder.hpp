#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <utility>

namespace tidemark::test {

/// A folder of its own for one test, gone with everything in it when the test ends.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::random_device random;
        do { // until it is this one that creates it
            m_path = std::filesystem::temp_directory_path() /
                     ("tidemark-test-" + std::to_string(random()));
        } while (!std::filesystem::create_directory(m_path));
        std::filesystem::permissions(m_path, std::filesystem::perms::owner_all);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(TemporaryFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /// It stays, for somebody else to remove.
    void keep() { m_path.clear(); }

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return m_path / name;
    }

private:
    std::filesystem::path m_path;
};

} // namespace tidemark::test
