#include "source/http_date.hpp"

#include <date/date.h>

#include <locale>
#include <sstream>
#include <string>

namespace tidemark {

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view value) {
    for (const char* format : {"%a, %d %b %Y %T GMT", "%A, %d-%b-%y %T GMT", "%a %b %e %T %Y"}) {
        std::istringstream in{std::string(value)};
        in.imbue(std::locale::classic());
        std::chrono::sys_seconds time;
        in >> date::parse(format, time);
        if (!in.fail()) return time;
    }
    return std::nullopt;
}

} // namespace tidemark
