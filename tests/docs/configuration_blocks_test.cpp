#include "config/config.hpp"
#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace tidemark::test;

namespace {

/// A block that begins with `[source]` is a whole configuration, any other one is appended to one.
bool is_whole(const std::string& block) { return block.starts_with("[source]\n"); }

/// What a reader may have begun with: the README's few lines, or a copy of the example.
std::vector<std::string> beginnings() {
    return {"[source]\nbase_url = \"https://gateway.example\"\n",
            read_file(TIDEMARK_REPOSITORY "/config.example.toml")};
}

void check_loads(const std::string& path, const std::string& text) {
    CAPTURE(path, text);
    CHECK_NOTHROW(tidemark::parse_config(text, "config.toml"));
}

} // namespace

TEST_CASE("every block of configuration can be pasted as it stands", "[docs]") {
    std::size_t blocks = 0;
    for (const auto& [path, text] : all_pages()) {
        for (const std::string& block : code_blocks(text, "toml")) {
            ++blocks;
            if (is_whole(block)) check_loads(path, block);
            for (const std::string& beginning : beginnings())
                if (!is_whole(block)) check_loads(path, beginning + block);
        }
    }
    CHECK(blocks >= 8);
}

TEST_CASE("who appends one block of a page after the other keeps a configuration", "[docs]") {
    for (const auto& [path, text] : all_pages()) {
        for (std::string pasted : beginnings()) {
            for (const std::string& block : code_blocks(text, "toml")) {
                pasted = is_whole(block) ? block : pasted + block;
                check_loads(path, pasted);
            }
        }
    }
}
