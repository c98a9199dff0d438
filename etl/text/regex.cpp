#include "text/regex.hpp"

#include "error.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <vector>

namespace tidemark {
namespace {

constexpr std::size_t most_bytes = 32768;
constexpr int most_groups = 100;

re2::RE2::Options quiet() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return options;
}

/// The index of a named group; 0 when the pattern has none.
std::size_t group_index(const re2::RE2& regex, const char* name) {
    const auto& groups = regex.NamedCapturingGroups();
    const auto found = groups.find(name);
    return found == groups.end() ? 0 : static_cast<std::size_t>(found->second);
}

/// `\C` takes a single byte. Within `\Q…\E` it is text.
bool cuts_characters(std::string_view pattern) {
    for (std::size_t at = pattern.find('\\'); at != std::string_view::npos;
         at = pattern.find('\\', at + 2)) {
        const std::string_view escape = pattern.substr(at, 2);
        if (escape == "\\C") return true;
        if (escape != "\\Q") continue;
        at = pattern.find("\\E", at);
        if (at == std::string_view::npos) return false;
    }
    return false;
}

std::optional<std::string> name_given_twice(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return std::nullopt;
    return *twice;
}

/// What RE2 says, and what to write instead of what other dialects have.
std::string refusal(const std::string& words) {
    const auto ends_in = [&words](std::string_view part) { return words.ends_with(part); };
    std::string advice;
    if (ends_in("(?=") || ends_in("(?!") || ends_in("(?<=") || ends_in("(?<!"))
        advice = "; it cannot look ahead or behind";
    else if (ends_in("(?<"))
        advice = "; a group with a name is written (?P<name>…), and nothing can look behind";
    return fmt::format("is refused by RE2: {}{}", tidemark::quoted(words, 200), advice);
}

/// Whether a pattern ends within `\\Q…`, where it would take in what is put behind it.
bool ends_in_quotation(std::string_view pattern) {
    bool quotation = false;
    for (std::size_t at = pattern.find('\\'); at != std::string_view::npos;
         at = pattern.find('\\', at + (quotation ? 1 : 2))) {
        const std::string_view escape = pattern.substr(at, 2);
        if (!quotation && escape == "\\Q")
            quotation = true;
        else if (quotation && escape == "\\E")
            quotation = false;
    }
    return quotation;
}

constexpr std::string_view spaces = " \t\r\n\v\f";

std::string_view without_end_spaces(std::string_view text) {
    return text.substr(0, text.find_last_not_of(spaces) + 1);
}

} // namespace

std::string as_read(const std::string& pattern, Reading reading) {
    if (!reading.by_line && !reading.to_end) return pattern;
    const auto* const close = ends_in_quotation(pattern) ? "\\E)" : ")";
    const std::string inner = fmt::format("(?:{}{}", pattern, close);
    if (!reading.by_line) return inner + "\\z";
    return fmt::format("(?m:{}{})", inner, reading.to_end ? "$" : "");
}

bool has_plain_ends(std::string_view text) {
    for (std::size_t end = text.find('\n'); end != std::string_view::npos;
         end = text.find('\n', end + 1)) {
        if (end > 0 && spaces.find(text[end - 1]) != std::string_view::npos) return false;
    }
    return text.empty() || spaces.find(text.back()) == std::string_view::npos;
}

namespace {

/// A text without the white space that its lines end in, and the way back from its views.
class PlainLines {
public:
    explicit PlainLines(std::string_view text) : m_original(text) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            const std::string_view line = without_end_spaces(text.substr(0, end));
            m_text += line;
            const bool last = end == text.size();
            if (!last) m_text += '\n';
            const std::size_t left_out = end - line.size();
            if (left_out > 0) m_left_out.emplace_back(m_text.size() - (last ? 0 : 1), left_out);
            text.remove_prefix(last ? end : end + 1);
        }
    }

    [[nodiscard]] std::string_view text() const { return m_text; }

    /// What stands in the original where this view stands in the text.
    [[nodiscard]] std::string_view original(std::string_view view) const {
        if (view.data() == nullptr) return {};
        const auto begin = static_cast<std::size_t>(view.data() - m_text.data());
        const std::size_t from = place(begin);
        return m_original.substr(from, place(begin + view.size()) - from);
    }

private:
    /// Where a place is in the original; what is left out stands behind it.
    [[nodiscard]] std::size_t place(std::size_t at) const {
        std::size_t left_out = 0;
        for (const auto& [before, size] : m_left_out) {
            if (before >= at) break;
            left_out += size;
        }
        return at + left_out;
    }

    std::string_view m_original;
    std::string m_text;
    std::vector<std::pair<std::size_t, std::size_t>> m_left_out; ///< where in the text, how much
};

} // namespace

struct Pattern::Compiled {
    Compiled(const std::string& pattern, Reading how)
        : regex(as_read(pattern, how), quiet()), reading(how) {}

    re2::RE2 regex;
    Reading reading;
    std::size_t task = group_index(regex, "task");
    std::size_t rows = group_index(regex, "rows");
    std::size_t error = group_index(regex, "error");
    std::size_t source = group_index(regex, "source");
    std::size_t seconds = group_index(regex, "seconds");
    std::size_t code = group_index(regex, "code");

    /// Filled by each match: as many as it takes to reach those six.
    std::vector<re2::StringPiece> pieces =
        std::vector<re2::StringPiece>(std::max({task, rows, error, source, seconds, code}) + 1);

    [[nodiscard]] std::string_view captured(std::size_t group) const {
        return {pieces[group].data(), pieces[group].size()};
    }

    [[nodiscard]] std::string_view captured_by_name(std::size_t group) const {
        return group == 0 ? std::string_view{} : captured(group);
    }

    [[nodiscard]] std::optional<Captures> find(std::string_view text, std::size_t from) {
        if (!regex.Match({text.data(), text.size()}, from, text.size(), re2::RE2::UNANCHORED,
                         pieces.data(), static_cast<int>(pieces.size())))
            return std::nullopt;
        return Captures{captured(0),
                        captured_by_name(task),
                        captured_by_name(rows),
                        captured_by_name(error),
                        captured_by_name(source),
                        captured_by_name(seconds),
                        captured_by_name(code)};
    }

    [[nodiscard]] std::vector<Captures> find_all(std::string_view text, bool all) {
        std::vector<Captures> found;
        std::size_t from = 0;
        while (from <= text.size()) {
            const auto captures = find(text, from);
            if (!captures) break;
            found.push_back(*captures);
            if (!all) break;
            const auto begin = static_cast<std::size_t>(captures->whole.data() - text.data());
            from = begin + std::max<std::size_t>(captures->whole.size(), 1);
        }
        return found;
    }

    [[nodiscard]] std::vector<Captures> read(std::string_view text, bool all) {
        if (has_plain_ends(text)) return find_all(text, all);
        std::vector<Captures> found;
        if (reading.by_line) {
            const PlainLines lines{text};
            found = find_all(lines.text(), all);
            for (Captures& captures : found) {
                for (std::string_view* view :
                     {&captures.whole, &captures.task, &captures.rows, &captures.error,
                      &captures.source, &captures.seconds, &captures.code})
                    *view = lines.original(*view);
            }
        } else {
            found = find_all(without_end_spaces(text), all);
        }
        return found.empty() ? find_all(text, all) : found;
    }
};

Pattern::Pattern(const std::string& pattern, Reading reading) {
    if (const auto error = pattern_error(pattern)) {
        throw ConfigError(fmt::format("pattern {} {}", tidemark::quoted(pattern), *error));
    }
    m_compiled = std::make_unique<Compiled>(pattern, reading);
    if (!m_compiled->regex.ok()) {
        throw ConfigError(fmt::format("pattern {} {}", tidemark::quoted(pattern),
                                      refusal(m_compiled->regex.error())));
    }
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;

std::optional<Captures> Pattern::find(std::string_view text) const {
    const auto found = m_compiled->read(text, false);
    if (found.empty()) return std::nullopt;
    return found.front();
}

std::vector<Captures> Pattern::find_all(std::string_view text) const {
    return m_compiled->read(text, true);
}

struct PatternSet::Compiled {
    static re2::RE2::Options roomy() {
        re2::RE2::Options options = quiet();
        options.set_max_mem(std::int64_t{64} << 20);
        return options;
    }

    re2::RE2::Set set{roomy(), re2::RE2::UNANCHORED};
    bool usable = false;
    std::vector<int> found;
};

PatternSet::PatternSet(const std::vector<std::string>& patterns)
    : m_compiled(std::make_unique<Compiled>()) {
    for (const std::string& pattern : patterns)
        m_compiled->set.Add(pattern, nullptr);
    m_compiled->usable = m_compiled->set.Compile();
}

PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;

const std::vector<int>* PatternSet::matching(std::string_view text) const {
    auto& [set, usable, found] = *m_compiled;
    if (!usable) return nullptr;
    found.clear();
    re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
    const bool any = set.Match({text.data(), text.size()}, &found, &error);
    if (!any && error.kind != re2::RE2::Set::kNoError) return nullptr;
    std::sort(found.begin(), found.end());
    return &found;
}

std::optional<std::string> pattern_error(const std::string& pattern) {
    if (pattern.size() > most_bytes) return fmt::format("is longer than {} bytes", most_bytes);
    if (cuts_characters(pattern)) return "uses '\\C', which cuts a character in two; write '.'";
    const re2::RE2 regex{pattern, quiet()};
    if (!regex.ok()) return refusal(regex.error());
    if (regex.NumberOfCapturingGroups() > most_groups) {
        return fmt::format("has more than {} groups; write (?:…) for those without a name",
                           most_groups);
    }
    if (const auto name = name_given_twice(pattern_groups(pattern))) {
        return fmt::format("names the group '{}' twice, of which only one would count; write a "
                           "rule for each wording",
                           *name);
    }
    return std::nullopt;
}

std::vector<std::string> pattern_groups(const std::string& pattern) {
    const re2::RE2 regex{pattern, quiet()};
    std::vector<std::string> names;
    if (!regex.ok()) return names;
    for (const auto& [index, name] : regex.CapturingGroupNames())
        names.push_back(name);
    return names;
}

} // namespace tidemark
