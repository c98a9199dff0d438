#include "learning/message_kinds.hpp"

#include "attribution/data_source_resolver.hpp"
#include "attribution/failure_words.hpp"
#include "learning/vocabulary.hpp"
#include "text/did_you_mean.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tidemark {
namespace {

using What = KindPart::What;
using Parts = std::vector<KindPart>;

bool breaks_line(std::string_view space) {
    return space.find_first_of("\r\n") != std::string_view::npos;
}

KindPart part_of(const Token& token, const std::set<std::string>& forms) {
    if (token.varies())
        return {.what = What::varies,
                .text = std::string{alike(token)},
                .token = token.kind,
                .behind = {},
                .forms = forms};
    if (token.kind == TokenKind::space && token.text != " ")
        return {.what = What::space,
                .text = std::string{token.text},
                .token = token.kind,
                .behind = {},
                .forms = {}};
    return {.what = What::text,
            .text = std::string{token.text},
            .token = token.kind,
            .behind = {},
            .forms = {}};
}

bool is_word_of(const Token& token, bool (*predicate)(std::string_view)) {
    return token.kind == TokenKind::word && predicate(lower_case(token.text));
}

/// The number of rows: right before a word for rows, or behind one and a sign.
std::optional<std::size_t> rows_place(const std::vector<Token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::number) continue;
        const std::size_t behind =
            i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::space ? i + 2 : i + 1;
        if (behind < tokens.size() && is_word_of(tokens[behind], is_row_word)) return i;
        std::size_t before = i;
        while (before > 0 && before + 4 > i && tokens[before - 1].kind != TokenKind::word)
            --before;
        if (before > 0 && before < i && is_word_of(tokens[before - 1], is_row_word)) return i;
    }
    return std::nullopt;
}

} // namespace

Parts parts_of(const AlikeMessages& message, const NamePlace& name) {
    const auto& tokens = message.tokens;
    Parts parts;
    const auto rows = rows_place(tokens);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i == name.begin && name.begin != name.end) {
            const bool closed =
                name.end < tokens.size() && tokens[name.end].kind == TokenKind::sign;
            parts.push_back({.what = What::task,
                             .text = "",
                             .token = TokenKind::word,
                             .behind = closed ? std::string{tokens[name.end].text} : "",
                             .forms = {}});
            i = name.end - 1;
            continue;
        }
        parts.push_back(part_of(tokens[i], message.forms[i]));
        if (rows == i) parts.back().what = What::rows;
    }
    return parts;
}

namespace {

std::string text_of(const Parts& parts) {
    std::string text;
    for (const KindPart& part : parts) {
        text += static_cast<char>('0' + static_cast<int>(part.what));
        text += part.text;
        text += '\x01';
    }
    return text;
}

/// What a message says of a name.
struct NamedOutcome {
    std::size_t message = 0;
    NamePlace name;
    OutcomeWord outcome;
};

/// Where the words that a failure is told in end, and its error begins: behind the first `:`, `-`,
/// bracket or line break that follows both the name and the word of failure; the end when none
/// does.
std::size_t error_place(const std::vector<Token>& tokens, const NamePlace& name,
                        const std::vector<std::string>& failure_words) {
    const auto is_failure = [&](const Token& token) {
        return token.kind == TokenKind::word && failure_word_in(token.text, {}, failure_words);
    };
    bool failure_seen = std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(name.end),
                                     tokens.end(), is_failure);
    for (std::size_t i = name.end; i < tokens.size(); ++i) {
        failure_seen = failure_seen || is_failure(tokens[i]);
        if (!failure_seen) continue;
        const bool line = tokens[i].kind == TokenKind::space && breaks_line(tokens[i].text);
        const bool sign = tokens[i].kind == TokenKind::sign && i > name.end &&
                          (tokens[i].text == ":" || tokens[i].text == "(" ||
                           tokens[i].text == "," || tokens[i].text == ";" ||
                           (tokens[i].text == "-" && tokens[i - 1].kind == TokenKind::space));
        const bool joined = tokens[i].text == ":" && i == name.end;
        if (!line && !sign && !joined) continue;
        const bool spaced = i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::space;
        const std::size_t behind = spaced && !line ? i + 2 : i + 1;
        return std::min(behind, tokens.size());
    }
    return tokens.size();
}

class Kinds {
public:
    Kinds(const std::vector<AlikeMessages>& messages, const std::vector<std::string>& failure_words)
        : m_messages(messages), m_failure_words(failure_words) {}

    void add(const NamedOutcome& named) {
        const auto& tokens = m_messages[named.message].tokens;
        Parts parts = parts_of(m_messages[named.message], named.name);
        if (named.outcome.outcome == TaskOutcome::failed) {
            const std::size_t end = error_place(tokens, named.name, m_failure_words);
            const std::size_t size = end - (named.name.end - named.name.begin) + 1;
            const bool has_error = end < tokens.size();
            parts.resize(std::min(size, parts.size()));
            for (KindPart& part : parts)
                if (part.what == What::rows) part.what = What::varies;
            if (has_error)
                parts.push_back({.what = What::error,
                                 .text = "",
                                 .token = TokenKind::word,
                                 .behind = {},
                                 .forms = {}});
        }
        const auto [found, is_new] = m_by_text.try_emplace(text_of(parts), m_kinds.size());
        if (is_new) {
            m_kinds.push_back({.parts = parts,
                               .outcome = named.outcome.outcome,
                               .word = named.outcome.word,
                               .messages = {},
                               .objection = {}});
        }
        MessageKind& kind = m_kinds[found->second];
        if (!is_new) merge_parts(kind.parts, parts);
        kind.messages.push_back(named.message);
    }

    std::vector<MessageKind> result() {
        for (std::size_t passes = 0; passes < 4 && merge(); ++passes) {
        }
        return std::move(m_kinds);
    }

private:
    /// Adds the forms of what varies in alike parts.
    static void merge_parts(Parts& parts, const Parts& with) {
        for (std::size_t i = 0; i < std::min(parts.size(), with.size()); ++i)
            parts[i].forms.insert(with[i].forms.begin(), with[i].forms.end());
    }

    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0; ///< of the parts within
    };

    /// The parts in quotes or brackets of which two kinds differ in the one only.
    static std::vector<Span> enclosed(const Parts& parts) {
        std::vector<Span> spans;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string close = closer(parts[i]);
            if (close.empty()) continue;
            for (std::size_t end = i + 1; end < parts.size(); ++end) {
                if (parts[end].what == What::task || parts[end].what == What::error) break;
                if (parts[end].text != close || parts[end].token != TokenKind::sign) continue;
                if (end > i + 1) spans.push_back({i + 1, end});
                i = end;
                break;
            }
        }
        return spans;
    }

    static std::string closer(const KindPart& part) {
        if (part.token != TokenKind::sign) return "";
        if (part.text == "'" || part.text == "\"" || part.text == "`") return part.text;
        if (part.text == "[") return "]";
        if (part.text == "(") return ")";
        if (part.text == "<") return ">";
        if (part.text == "\xC2\xAB") return "\xC2\xBB";
        if (part.text == "\xC2\xBB") return "\xC2\xAB";
        if (part.text == "\xE2\x80\x9E" || part.text == "\xE2\x80\x9C") return "\xE2\x80\x9D";
        return "";
    }

    static std::string inner_text(const Parts& parts, const Span& span) {
        std::string text;
        for (std::size_t i = span.begin; i < span.end; ++i)
            text += parts[i].what == What::varies || parts[i].what == What::rows
                        ? *parts[i].forms.begin()
                        : parts[i].text;
        return text;
    }

    [[nodiscard]] bool has_outcome_word(const std::string& text) const {
        const auto words = words_of(text);
        return find_outcome(text, {}, m_failure_words).outcome.has_value() ||
               std::any_of(words.begin(), words.end(), [&](const std::string& word) {
                   return is_outcome_word(word, m_failure_words);
               });
    }

    /// Makes one of the kinds that differ in one enclosed part. Whether there were any.
    bool merge() {
        struct Candidate {
            std::vector<std::size_t> kinds;
            std::vector<Span> spans;
            std::set<std::string> values;
            bool outcomes = false;
        };
        std::map<std::string, Candidate> candidates;
        for (std::size_t k = 0; k < m_kinds.size(); ++k) {
            for (const Span& span : enclosed(m_kinds[k].parts)) {
                const std::string value = inner_text(m_kinds[k].parts, span);
                Parts parts = m_kinds[k].parts;
                replace(parts, span);
                Candidate& candidate =
                    candidates[text_of(parts) +
                               std::string{m_kinds[k].outcome ? to_text(*m_kinds[k].outcome) : ""}];
                candidate.kinds.push_back(k);
                candidate.spans.push_back(span);
                candidate.values.insert(value);
                candidate.outcomes = candidate.outcomes || has_outcome_word(value);
            }
        }
        const Candidate* best = nullptr;
        for (const auto& [text, candidate] : candidates) {
            if (candidate.outcomes || candidate.values.size() < 2) continue;
            if (best == nullptr || candidate.kinds.size() > best->kinds.size()) best = &candidate;
        }
        if (best == nullptr) return false;
        join(best->kinds, best->spans, best->values);
        return true;
    }

    static void replace(Parts& parts, const Span& span) {
        const std::string behind = parts[span.end].text;
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(span.begin),
                    parts.begin() + static_cast<std::ptrdiff_t>(span.end));
        parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(span.begin),
                     {.what = What::other,
                      .text = "",
                      .token = TokenKind::word,
                      .behind = behind,
                      .forms = {}});
    }

    /// Whether the part is called a source right before it.
    static bool is_called_source(const Parts& parts, std::size_t at) {
        std::size_t words = 0;
        for (std::size_t i = at; i-- > 0 && words < 2;) {
            if (parts[i].token != TokenKind::word || parts[i].what != What::text) continue;
            ++words;
            for (const std::string& word : words_of(parts[i].text))
                if (is_source_word(word)) return true;
        }
        return false;
    }

    void join(const std::vector<std::size_t>& kinds, const std::vector<Span>& spans,
              const std::set<std::string>& values) {
        MessageKind& kept = m_kinds[kinds.front()];
        replace(kept.parts, spans.front());
        if (is_called_source(kept.parts, spans.front().begin) &&
            std::none_of(kept.parts.begin(), kept.parts.end(),
                         [](const KindPart& part) { return part.what == What::source; }))
            kept.parts[spans.front().begin].what = What::source;
        kept.parts[spans.front().begin].forms.insert(values.begin(), values.end());
        for (std::size_t i = 1; i < kinds.size(); ++i) {
            Parts parts = m_kinds[kinds[i]].parts;
            replace(parts, spans[i]);
            merge_parts(kept.parts, parts);
            auto& messages = m_kinds[kinds[i]].messages;
            kept.messages.insert(kept.messages.end(), messages.begin(), messages.end());
            messages.clear();
        }
        std::erase_if(m_kinds, [](const MessageKind& kind) { return kind.messages.empty(); });
    }

    const std::vector<AlikeMessages>& m_messages;
    const std::vector<std::string>& m_failure_words;
    std::vector<MessageKind> m_kinds;
    std::map<std::string, std::size_t> m_by_text;
};

} // namespace

std::vector<MessageKind> kinds_of(const std::vector<AlikeMessages>& messages,
                                  const std::set<std::string>& names,
                                  const std::vector<std::string>& failure_words) {
    Kinds kinds{messages, failure_words};
    for (std::size_t i = 0; i < messages.size(); ++i) {
        NamePlace place = place_of_name(messages[i], names);
        if (place.begin == place.end) continue;
        const auto& tokens = messages[i].tokens;
        const std::string_view message = messages[i].example;
        const auto at = static_cast<std::size_t>(tokens[place.begin].text.data() - message.data());
        const auto end =
            static_cast<std::size_t>(tokens[place.end - 1].text.data() - message.data()) +
            tokens[place.end - 1].text.size();
        kinds.add({i, place, find_outcome(message, {message.substr(at, end - at)}, failure_words)});
    }
    return kinds.result();
}

} // namespace tidemark
