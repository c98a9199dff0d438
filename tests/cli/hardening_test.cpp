#include "support/catch.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace {

/// What binutils reads in the program's file.
std::string headers_of_program() {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
        popen("readelf --wide --file-header --segments --dynamic " TIDEMARK_PROGRAM, "r"), pclose);
    REQUIRE(pipe);
    std::string text;
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe.get()))
        text.append(piece.data(), size);
    return text;
}

} // namespace

TEST_CASE("the program can be loaded anywhere, and its tables of addresses are read-only") {
    const std::string headers = headers_of_program();
    CHECK_THAT(headers, ContainsSubstring("Type:                              DYN"));
    CHECK_THAT(headers, ContainsSubstring("(FLAGS_1)            Flags: NOW PIE"));
    CHECK_THAT(headers, ContainsSubstring("GNU_RELRO"));
    CHECK_THAT(headers, !ContainsSubstring("GNU_STACK      0x000000 0x0000000000000000 "
                                           "0x0000000000000000 0x000000 0x000000 RWE"));
}
