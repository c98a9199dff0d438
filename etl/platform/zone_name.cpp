#include "platform/zone_files.hpp"

#include <algorithm>

namespace tidemark {

bool is_zone_name(std::string_view name) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto plain = [&](char c) {
        return capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '+' || c == '/';
    };
    return !name.empty() && capital(name.front()) && std::ranges::all_of(name, plain);
}

} // namespace tidemark
