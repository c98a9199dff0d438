#pragma once

#include "support/temporary_folder.hpp"

#include <string>

namespace tidemark::test {

/// A self-signed certificate in files of its own, made when the test runs.
class Certificate {
public:
    /// `name` as `IP:127.0.0.1` or `DNS:other.example`. Valid from a month ago until so many days
    /// from now: with a negative number it has expired.
    explicit Certificate(const std::string& name, int days = 2);

    [[nodiscard]] std::string file() const { return (m_folder / "certificate.pem").string(); }
    [[nodiscard]] std::string key() const { return (m_folder / "key.pem").string(); }

private:
    TemporaryFolder m_folder;
};

} // namespace tidemark::test
