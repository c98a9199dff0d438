#include "config/text_file.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

#include <sys/stat.h>

#include <thread>

using namespace std::chrono_literals;
using tidemark::read_text_file;
using tidemark::test::TemporaryFolder;
using tidemark::test::write_file;

TEST_CASE("A file in UTF-16, as some editors save it, is named so") {
    const TemporaryFolder folder;
    for (const std::string& text : {std::string{"\xFF\xFE[\0s\0", 6}, std::string{"\xFE\xFF\0[", 4},
                                    std::string{"[\0s\0", 4}}) {
        write_file(folder / "c.toml", text);
        CHECK(read_text_file(folder / "c.toml", 100).error == "it is UTF-16; save it as UTF-8");
    }
}

TEST_CASE("A pipe is read to its end, and one that nobody writes to is given up") {
    const TemporaryFolder folder;
    const auto pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(read_text_file(pipe, 100, 1ms).error ==
          "it is a pipe or a device that nothing comes out of");
    const std::jthread writer([&] { write_file(pipe, "text"); });
    CHECK(read_text_file(pipe, 100).text == "text");
}

TEST_CASE("A device is read as far as a file may be long") {
    CHECK(read_text_file("/dev/zero", 100).error == "it is larger than 100 bytes");
    CHECK(read_text_file("/dev/null", 100).error.empty());
}
