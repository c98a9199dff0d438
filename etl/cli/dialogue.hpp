#pragma once

#include "platform/console.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace tidemark {
/// Asks the user at the terminal. Questions go to stderr.
class Dialogue {
public:
    [[nodiscard]] bool can_ask() const { return m_can_ask; }

    /// Returns the answer, or the default for an empty line. Asks again until the answer is
    /// accepted. Throws ConfigError at the end of the input, and Interrupted.
    std::string ask(std::string_view question, const std::string& by_default,
                    const std::function<bool(const std::string&)>& is_accepted = {}) const;

    /// The same without a default. Throws ConfigError (the option is missing) when there is no
    /// terminal.
    std::string ask_for(std::string_view option, std::string_view question,
                        Echo echo = Echo::on) const;

private:
    bool m_can_ask = tidemark::can_ask();
};

} // namespace tidemark
