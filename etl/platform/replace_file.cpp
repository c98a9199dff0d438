#include "platform/replace_file.hpp"

#include "error.hpp"
#include "platform/path_text.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace tidemark {

void replace_file(const std::filesystem::path& file, std::string_view text) {
    std::filesystem::path beginning = file;
    beginning += ".new";
    std::error_code error;
    errno = 0;
    std::ofstream out(beginning, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (out) {
        std::filesystem::rename(beginning, file, error);
        if (!error) return;
    } else {
        error = std::error_code(errno, std::generic_category());
    }
    const std::string why = error ? error.message() : "no space";
    std::filesystem::remove(beginning, error);
    throw Error("cannot write '" + utf8(file) + "': " + why);
}

} // namespace tidemark
