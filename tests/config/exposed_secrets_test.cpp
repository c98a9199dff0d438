#include "config/secrets.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "text/terminal.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

namespace fs = std::filesystem;

struct Secrets : TemporaryFolder {
    Secrets() {
        write(path() / "config.toml", 0600);
        write(path() / "key", 0600);
        config.file = path() / "config.toml";
    }
    void write(const fs::path& file, unsigned permissions) {
        write_file(file, "secret");
        fs::permissions(file, static_cast<fs::perms>(permissions));
    }
    Config config;
};

} // namespace

TEST_CASE("a key's file that others can read is named") {
    Secrets secrets;
    secrets.config.source.api_key_file = secrets / "key";
    CHECK(exposed_secrets(secrets.config).empty());
    secrets.write(secrets / "key", GENERATE(0640U, 0604U, 0644U, 0440U));
    REQUIRE(exposed_secrets(secrets.config).size() == 1);
    CHECK(exposed_secrets(secrets.config)[0].file == secrets / "key");
    secrets.write(secrets / "key", GENERATE(0600U, 0400U, 0622U));
    CHECK(exposed_secrets(secrets.config).empty());
    secrets.config.source.api_key_file = secrets / "nowhere";
    CHECK(exposed_secrets(secrets.config).empty());
}

TEST_CASE("a configuration is a secret when a password stands in it") {
    Secrets secrets;
    secrets.write(secrets.config.file, 0644);
    CHECK(exposed_secrets(secrets.config).empty());
    SECTION("no password") {
        secrets.config.warehouse.url =
            GENERATE(as<std::string>{}, "postgresql://host/database", "postgresql://u@host/db",
                     "postgresql://u@[::1]:5432/db", "sqlite:a:b@c.db");
        secrets.config.source.proxy = GENERATE(as<std::string>{}, "http://proxy:3128", "proxy:80");
        CHECK(exposed_secrets(secrets.config).empty());
    }
    SECTION("the database's") {
        secrets.config.warehouse.url =
            GENERATE(as<std::string>{}, "postgresql://u:p@host/db", "postgres://u:p@r@host:5432/db",
                     "postgresql://u@host/db?password=p", "postgresql://host/db?sslpassword=p");
        CHECK(exposed_secrets(secrets.config).size() == 1);
    }
    SECTION("the proxy's") {
        secrets.config.source.proxy = GENERATE(as<std::string>{}, "http://u:p@proxy", "u:p@proxy");
        CHECK(exposed_secrets(secrets.config).size() == 1);
    }
}

TEST_CASE("a word of a shell is quoted") {
    CHECK(shell_word("a b") == "'a b'");
    CHECK(shell_word("it's") == "'it'\\''s'");
}
