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

TEST_CASE("the program's tables of addresses are read-only, and its data is no code") {
    const std::string headers = headers_of_program();
#ifdef __SANITIZE_ADDRESS__
    // stays where it is, for a quick start (cmake/Hardening.cmake): `./dev package` looks at the
    // one that is shipped
    CHECK_THAT(headers, ContainsSubstring("(FLAGS_1)            Flags: NOW"));
#else
    CHECK_THAT(headers, ContainsSubstring("(FLAGS_1)            Flags: NOW PIE"));
#endif
    CHECK_THAT(headers, ContainsSubstring("GNU_RELRO"));
    CHECK_THAT(headers, !ContainsSubstring("GNU_STACK      0x000000 0x0000000000000000 "
                                           "0x0000000000000000 0x000000 0x000000 RWE"));
}
