#pragma once

#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::test {

/// The page without its style sheet, whose text is no markup.
inline std::string markup_of(std::string page) {
    const auto begin = page.find("<style>");
    const auto end = page.find("</style>");
    return page.erase(begin, end - begin + std::string_view{"</style>"}.size());
}

/// What keeps markup from being well-formed XML; "" when nothing does.
inline std::string fault_in(const std::string& markup) {
    static const std::regex tag(
        R"re(^<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)(/?)>)re");
    static const std::regex entity("^&(amp|lt|gt|quot|#39);");
    std::vector<std::string> open;
    auto at = markup.begin() + static_cast<std::ptrdiff_t>(markup.find("<html"));
    std::smatch found;
    while (at != markup.end()) {
        const std::string near(at, markup.end() - at > 60 ? at + 60 : markup.end());
        if (*at == '&' && !std::regex_search(at, markup.end(), found, entity)) return "'&' " + near;
        if (static_cast<unsigned char>(*at) < 0x20 && *at != '\n' && *at != '\t')
            return "a control character";
        if (*at != '<') {
            ++at;
            continue;
        }
        if (!std::regex_search(at, markup.end(), found, tag)) return "no tag: " + near;
        if (found[1].length() != 0) {
            if (open.empty() || open.back() != found[2]) return "closes another: " + near;
            open.pop_back();
        } else if (found[4].length() == 0) {
            open.push_back(found[2]);
        }
        at += found[0].length();
    }
    return open.empty() ? "" : "left open: " + open.back();
}

/// The values of all attributes of a name.
inline std::vector<std::string> attributes_in(const std::string& markup, const std::string& name) {
    const std::regex attribute("<[a-z][^<>]* " + name + "=\"([^\"]*)\"");
    std::vector<std::string> values;
    for (std::sregex_iterator match(markup.begin(), markup.end(), attribute), last; match != last;
         ++match)
        values.push_back((*match)[1]);
    return values;
}

} // namespace tidemark::test
