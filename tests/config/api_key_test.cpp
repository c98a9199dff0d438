#include "config/secrets.hpp"
#include "error.hpp"
#include "support/catch.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using tidemark::read_api_key;
using tidemark::SourceConfig;

namespace {

/// A file of this content that goes away again.
class KeyFile {
public:
    explicit KeyFile(const std::string& content)
        : m_path(std::filesystem::temp_directory_path() /
                 ("tidemark-key-" + std::to_string(getpid()))) {
        std::ofstream{m_path, std::ios::binary} << content;
    }
    ~KeyFile() { std::filesystem::remove(m_path); }
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;

    [[nodiscard]] SourceConfig source() const {
        SourceConfig source;
        source.api_key_file = m_path;
        return source;
    }
    [[nodiscard]] std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

constexpr auto* variable = "TIDEMARK_TEST_API_KEY";

SourceConfig source_of_variable(const char* value) {
    if (value == nullptr) {
        unsetenv(variable);
    } else {
        setenv(variable, value, 1);
    }
    SourceConfig source;
    source.api_key_env = variable;
    return source;
}

std::string refusal_of_key(const SourceConfig& source) {
    try {
        read_api_key(source);
    } catch (const tidemark::ConfigError& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("The key comes from the environment, without white space around it") {
    CHECK(read_api_key(source_of_variable("s3cret")) == "s3cret");
    CHECK(read_api_key(source_of_variable(" \t s3 cret\r\n")) == "s3 cret");
}

TEST_CASE("The key comes from the file when one is named, whatever the environment says") {
    KeyFile file{"from file\n"};
    SourceConfig source = file.source();
    source.api_key_env = source_of_variable("from environment").api_key_env;
    CHECK(read_api_key(source) == "from file");
}

TEST_CASE("A byte order mark before the key is no part of it") {
    CHECK(read_api_key(KeyFile{"\xEF\xBB\xBFs3cret\r\n"}.source()) == "s3cret");
}

TEST_CASE("A key that is nowhere is named by its variable and by the setting") {
    CHECK(refusal_of_key(source_of_variable(nullptr)) ==
          "the environment variable 'TIDEMARK_TEST_API_KEY' is not set (set it to the API key, or "
          "name a file in 'source.api_key_file')");
    CHECK(refusal_of_key(source_of_variable(" \n")) ==
          "the environment variable 'TIDEMARK_TEST_API_KEY' holds no API key: it is empty (see "
          "'source.api_key_env')");
}

TEST_CASE("A key that was put where its variable's name belongs is not shown") {
    SourceConfig source;
    source.api_key_env = "txk_hunter2";
    CHECK(refusal_of_key(source) ==
          "the environment variable that 'source.api_key_env' names is not set (set it to the API "
          "key, or name a file in 'source.api_key_file')");
}

TEST_CASE("A key file that cannot be read or is empty is named") {
    SourceConfig source;
    source.api_key_file = "/no/such/key";
    CHECK(refusal_of_key(source) == "cannot read the API key from '/no/such/key': No such file or "
                                    "directory (see 'source.api_key_file')");
    source.api_key_file = "/dev/zero";
    CHECK(refusal_of_key(source) ==
          "cannot read the API key from '/dev/zero': it is larger than 65536 bytes (see "
          "'source.api_key_file')");
    const KeyFile empty{"\r\n"};
    CHECK(refusal_of_key(empty.source()) ==
          "the file '" + empty.path() +
              "' holds no API key: it is empty (see 'source.api_key_file')");
}

TEST_CASE("A key of two lines or with control characters is refused without being shown") {
    for (const auto* content :
         {"hunter2\nhunter3", "hunter2\r\nX-Evil: 1", "hun\x01ter2", "hun\x7Fter2"}) {
        const KeyFile file{content};
        CHECK(refusal_of_key(file.source()) ==
              "the file '" + file.path() +
                  "' holds no API key: it has control characters or more than one line (see "
                  "'source.api_key_file')");
    }
    CHECK(refusal_of_key(source_of_variable("hunter2\nhunter3")) ==
          "the environment variable 'TIDEMARK_TEST_API_KEY' holds no API key: it has control "
          "characters or more than one line (see 'source.api_key_env')");
}
