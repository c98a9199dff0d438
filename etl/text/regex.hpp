#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What the named groups of a pattern captured, as views into the text. A view is empty when the
/// pattern has no such group, or the group captured nothing.
struct Captures {
    std::string_view whole; ///< all that the pattern matched
    std::string_view task;
    std::string_view rows;
    std::string_view error;
    std::string_view source;
    std::string_view seconds;
    std::string_view code;
};

/// How a pattern is matched against a text.
struct Reading {
    bool by_line = false; ///< `^` and `$` match at each line
    bool to_end = false;  ///< a match must reach the end of the text, or of its last line
};

/// The pattern for RE2 that matches in this way without further options.
std::string as_read(const std::string& pattern, Reading reading);

/// Whether no line of a text ends in white space (a carriage return included): then matching by
/// line and as a whole agree on where lines end.
bool has_plain_ends(std::string_view text);

/// A compiled rule or convention. One thread at a time. White space at the end of the text is
/// ignored, and with `by_line` white space at the end of each line: `$` matches before it, unless
/// the pattern itself matches white space there.
class Pattern {
public:
    /// Throws ConfigError for a pattern that RE2 refuses.
    explicit Pattern(const std::string& pattern, Reading reading = {});
    ~Pattern();
    Pattern(Pattern&&) noexcept;

    /// Looks for the pattern anywhere in the text.
    [[nodiscard]] std::optional<Captures> find(std::string_view text) const;

    /// All matches in the text, which do not overlap, in order.
    [[nodiscard]] std::vector<Captures> find_all(std::string_view text) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

/// Many patterns that are searched in one pass. One thread at a time.
class PatternSet {
public:
    /// The patterns must be valid for RE2.
    explicit PatternSet(const std::vector<std::string>& patterns);
    ~PatternSet();
    PatternSet(PatternSet&&) noexcept;

    /// The indices of the patterns that match anywhere in the text, ascending; valid until the next
    /// call. Null when the search needs more memory than RE2 may use: the caller must then try each
    /// pattern.
    [[nodiscard]] const std::vector<int>* matching(std::string_view text) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

/// Why a pattern cannot be used, as the rest of a sentence (`is refused by RE2: …`, `names the
/// group 'task' twice, …`); nullopt when it can.
std::optional<std::string> pattern_error(const std::string& pattern);

/// The names of a pattern's groups; empty when RE2 refuses it.
std::vector<std::string> pattern_groups(const std::string& pattern);

} // namespace tidemark
