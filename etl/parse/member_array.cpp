#include "parse/member_array.hpp"

#include "error.hpp"
#include "parse/array_splitter.hpp"
#include "text/utf8.hpp"

#include <limits>

namespace tidemark {
namespace {

std::size_t past_space(std::string_view json, std::size_t at) {
    while (at < json.size() && is_json_space(json[at]))
        ++at;
    return at;
}

/// Where the container that begins at `at` ends, behind its bracket; nullopt when it is not closed.
std::optional<std::size_t> past_container(std::string_view json, std::size_t at) {
    std::size_t depth = 0;
    while ((at = json.find_first_of("\"[]{}", at)) < json.size()) {
        if (json[at] == '"') {
            at = past_json_string(json, at);
            continue;
        }
        const bool opens = json[at] == '[' || json[at] == '{';
        depth = opens ? depth + 1 : depth - 1;
        ++at;
        if (depth == 0) return at;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string_view> array_of_member(std::string_view object, std::string_view member) {
    std::size_t at = object.find('{');
    if (at == std::string_view::npos) return std::nullopt;
    ++at;
    while ((at = object.find_first_of("\"[]{}", at)) < object.size()) {
        if (object[at] != '"') {
            const auto end = past_container(object, at);
            if (!end || object[at] == '}' || object[at] == ']') return std::nullopt;
            at = *end;
            continue;
        }
        const std::size_t end = past_json_string(object, at);
        const std::string_view text = object.substr(at + 1, end - at - 2);
        at = past_space(object, end);
        if (at >= object.size() || object[at] != ':' || !is_named(text, member)) continue;
        at = past_space(object, at + 1);
        if (at >= object.size() || object[at] != '[') return std::nullopt;
        const auto past = past_container(object, at);
        if (!past) return std::nullopt;
        return object.substr(at, *past - at);
    }
    return std::nullopt;
}

std::string with_empty_array(std::string_view object, std::string_view array) {
    const auto start = static_cast<std::size_t>(array.data() - object.data());
    std::string rest{object.substr(0, start)};
    return rest.append("[]").append(object.substr(start + array.size()));
}

bool has_more_values(std::string_view json, std::size_t most) {
    std::size_t values = 0;
    std::size_t at = 0;
    while (values <= most && (at = json.find_first_of("\",:[{", at)) < json.size()) {
        if (json[at] == '"') {
            at = past_json_string(json, at);
        } else {
            ++values;
            ++at;
        }
    }
    return values > most;
}

bool for_each_element(std::string_view array, const std::function<void(std::string_view)>& visit) {
    ArraySplitter splitter{std::numeric_limits<std::size_t>::max(),
                           [&](const ArrayElement& element) {
                               visit(element.json);
                               return true;
                           }};
    try {
        splitter.feed(array);
    } catch (const JobError&) {
        return false;
    }
    return splitter.closed();
}

} // namespace tidemark
