#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What the named groups of a pattern captured: views into the text, empty for a group that the
/// pattern lacks, that took no part in the match or that captured nothing.
struct Captures {
    std::string_view whole; ///< all that the pattern matched
    std::string_view task;
    std::string_view rows;
    std::string_view error;
    std::string_view source;
    std::string_view seconds;
    std::string_view code;
};

/// How a pattern is held against a text.
struct Reading {
    bool by_line = false; ///< `^` and `$` hold at each line
    bool to_end = false;  ///< a match must reach the end of the text, or of its last line
};

/// The pattern that says the same to RE2 by itself.
std::string as_read(const std::string& pattern, Reading reading);

/// Whether no line of a text ends in white space, a carriage return included: such a text reads the
/// same by line and as a whole.
bool has_plain_ends(std::string_view text);

/// A compiled rule or convention. One thread at a time. White space at the end of the text is no
/// difference, nor is it, by line, at the end of a line: `$` stands before it, unless the pattern
/// asks for it.
class Pattern {
public:
    /// Throws ConfigError for a pattern that RE2 refuses.
    explicit Pattern(const std::string& pattern, Reading reading = {});
    ~Pattern();
    Pattern(Pattern&&) noexcept;

    /// Looks for the pattern anywhere in the text.
    [[nodiscard]] std::optional<Captures> find(std::string_view text) const;

    /// Every match in the text, each behind the one before it.
    [[nodiscard]] std::vector<Captures> find_all(std::string_view text) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

/// Many patterns, looked for in one pass. One thread at a time.
class PatternSet {
public:
    /// Of patterns that RE2 takes.
    explicit PatternSet(const std::vector<std::string>& patterns);
    ~PatternSet();
    PatternSet(PatternSet&&) noexcept;

    /// The indices of the patterns that match anywhere in the text, ascending; valid until the next
    /// call. Null when that takes more memory than is allowed: then each has to be tried.
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
