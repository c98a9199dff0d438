#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// What the named groups of a pattern captured: views into the text, empty for a group that the
/// pattern lacks, that took no part in the match or that captured nothing.
struct Captures {
    std::string_view task;
    std::string_view rows;
    std::string_view error;
    std::string_view source;
    std::string_view seconds;
};

/// A compiled rule or convention. One thread at a time.
class Pattern {
public:
    /// Throws ConfigError for a pattern that RE2 refuses.
    explicit Pattern(const std::string& pattern);
    ~Pattern();
    Pattern(Pattern&&) noexcept;

    /// Looks for the pattern anywhere in the text.
    [[nodiscard]] std::optional<Captures> find(std::string_view text) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

} // namespace tidemark
