#include "support/catch.hpp"
#include "warehouse/postgres/url.hpp"
#include "warehouse/postgres/warehouse.hpp"

using namespace tidemark;

TEST_CASE("a password in the URL is not shown", "[postgres]") {
    using postgres::without_secrets;
    CHECK(without_secrets("postgresql://me@host/db") == "postgresql://me@host/db");
    CHECK(without_secrets("postgresql://me:secret@host:5432/db?sslmode=require") ==
          "postgresql://me@host:5432/db?sslmode=require");
    CHECK(without_secrets("postgresql://me:se@cret@host/db") == "postgresql://me@host/db");
    CHECK(without_secrets("postgresql://me:sec/ret@host/db") == "postgresql://me@host/db");
    CHECK(without_secrets("postgresql://host/db?password=secret&sslmode=require") ==
          "postgresql://host/db?sslmode=require");
    CHECK(without_secrets("postgresql://me:sec#ret@host/db") == "postgresql://me@host/db");
    CHECK(without_secrets("postgresql://me:sec?ret@host/db?sslmode=require") ==
          "postgresql://me@host/db?sslmode=require");
    CHECK(without_secrets("postgresql://host/db?sslpassword=secret") == "postgresql://host/db");
    CHECK(without_secrets("postgresql://host/db?p%61ssword=secret") == "postgresql://host/db");
    CHECK(without_secrets("postgresql:///db?host=/tmp") == "postgresql:///db?host=/tmp");
}

TEST_CASE("a password that must be encoded is refused without a part of it in the line") {
    using postgres::has_unencoded_password;
    for (const std::string password : {"pa%ss", "p@ss", "pa/ss", "pass%00"}) {
        CAPTURE(password);
        CHECK(has_unencoded_password("postgresql://me:" + password + "@host/db"));
        CHECK_THROWS_WITH(open_postgres_warehouse("postgresql://me:" + password + "@host/db",
                                                  "tidemark", OpenMode::create),
                          ContainsSubstring("percent-encoded") && ContainsSubstring("PGPASSWORD") &&
                              !ContainsSubstring("pa%") && !ContainsSubstring("ss@"));
    }
    CHECK(has_unencoded_password("postgresql://me@host/db?password=pa%ss"));
    for (const std::string url :
         {"postgresql://me:p%40ss@host:5432/db?sslmode=require", "postgresql://host:5432/d@b",
          "postgresql://me@[::1]:5432/db", "postgresql://[::1]:5432/d@b", "postgresql:///db",
          "postgresql://h1:1,h2:2/db", "postgresql://h1:1,h2:2/db?application_name=a@b",
          "postgresql://me:pa#ss@host/db", "postgresql://me:pa?ss@host/db",
          "postgresql://%2Frun%2Fpg:5432/db", "postgres://[::1]:1,[::2]:2/db",
          "postgresql://me:s%2Fe@h1,h2:5/d@b?target_session_attrs=any", "postgresql://",
          "postgresql:///?service=nightly", "postgresql://host/db?host=%2Ftmp"}) {
        CAPTURE(url);
        CHECK_FALSE(has_unencoded_password(url));
    }
}

TEST_CASE("an option of the user's stays", "[postgres]") {
    using postgres::with_option;
    CHECK(with_option("postgresql://host/db", "connect_timeout", "10") ==
          "postgresql://host/db?connect_timeout=10");
    CHECK(with_option("postgresql://host/db?sslmode=require", "connect_timeout", "10") ==
          "postgresql://host/db?sslmode=require&connect_timeout=10");
    CHECK(with_option("postgresql://me:pa?ss@host/db", "connect_timeout", "10") ==
          "postgresql://me:pa?ss@host/db?connect_timeout=10");
    CHECK(with_option("postgresql://host/db?", "connect_timeout", "10") ==
          "postgresql://host/db?connect_timeout=10");
    CHECK(with_option("postgresql://host/db?options=-c%20connect_timeout%3D3", "connect_timeout",
                      "10") ==
          "postgresql://host/db?options=-c%20connect_timeout%3D3&connect_timeout=10");
    CHECK(with_option("postgresql://host/db?connect_timeout=3", "connect_timeout", "10") ==
          "postgresql://host/db?connect_timeout=3");
}
