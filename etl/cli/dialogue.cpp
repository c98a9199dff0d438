#include "cli/dialogue.hpp"

#include "error.hpp"
#include "platform/process.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

std::string trimmed_line(std::string_view line) {
    constexpr std::string_view white = " \t\r";
    const auto first = line.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return std::string{line.substr(first, line.find_last_not_of(white) - first + 1)};
}

std::string typed(const std::string& question, Echo echo) {
    const auto line = ask_line(question, echo);
    if (!line) {
        write_stderr("\n");
        throw ConfigError("the input ended before everything was answered; nothing was written");
    }
    return trimmed_line(*line);
}

} // namespace

std::string Dialogue::ask(std::string_view question, const std::string& by_default,
                          const std::function<bool(const std::string&)>& is_accepted) const {
    for (;;) {
        std::string answer = typed(fmt::format("{} [{}]: ", question, by_default), Echo::on);
        if (answer.empty()) answer = by_default;
        if (!is_accepted || is_accepted(answer)) return answer;
        write_stderr(fmt::format("tidemark: '{}' is not known\n", answer));
    }
}

std::string Dialogue::ask_for(std::string_view option, std::string_view question, Echo echo) const {
    if (!m_can_ask) {
        throw ConfigError(fmt::format("'{}' is missing, and there is no terminal to ask at; see "
                                      "'tidemark init --help'",
                                      option));
    }
    for (;;) {
        std::string answer = typed(fmt::format("{}: ", question), echo);
        if (!answer.empty()) return answer;
    }
}

} // namespace tidemark
