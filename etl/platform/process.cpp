#include "platform/process.hpp"

#include "error.hpp"

#include <cstdio>
#include <iostream>

namespace tidemark {

void write_stderr(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
    std::clearerr(stderr);
}

void watch_stdout() { std::cout.exceptions(std::ios::badbit); }

void flush_stdout() {
    std::cout.exceptions(std::ios::goodbit);
    std::cout.flush();
    if (std::cout && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
    end_if_reader_is_gone();
    throw Error("cannot write to the standard output; it is closed, or its disk is full");
}

} // namespace tidemark
