#include "attribution/failure_words.hpp"

#include "attribution/data_source_resolver.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

/// Shorter ones are found at the beginning of a word only.
constexpr std::size_t least_inside = 6;

bool contains_stem(const std::string& word, const std::vector<std::string>& stems) {
    return std::any_of(stems.begin(), stems.end(), [&](const std::string& stem) {
        return word.starts_with(stem) ||
               (stem.size() >= least_inside && word.find(stem) != std::string::npos);
    });
}

/// Words before a word of failure that deny it, whatever it is.
bool denies(std::string_view word) {
    constexpr std::array<std::string_view, 22> words = {
        "no",     "without", "zero",  "ohne", "kein", "keine", "keinen", "uden",
        "ingen",  "zonder",  "geen",  "utan", "inga", "uten",  "sans",   "aucun",
        "aucune", "sin",     "senza", "sem",  "bez",  "nessun"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A failure that can be counted; `0 failed` may be read in two ways.
bool is_noun(std::string_view word) {
    constexpr std::array<std::string_view, 17> words = {
        "error",     "errors",    "failures",       "fehler",         "fejl",       "fouten",
        "erreurs",   "errores",   "errori",         "feil",           "exceptions", "warnings",
        "warnungen", "advarsler", "waarschuwingen", "avertissements", "varningar"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The words of a run of letters, also those of `TransferFailed`.
std::vector<std::string> words_in(std::string_view run) {
    std::vector<std::string> words;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= run.size(); ++i) {
        const bool begins = i < run.size() && run[i] >= 'A' && run[i] <= 'Z' && run[i - 1] >= 'a' &&
                            run[i - 1] <= 'z';
        if (i < run.size() && !begins) continue;
        for (std::string& word : words_of(run.substr(begin, i - begin)))
            words.push_back(std::move(word));
        begin = i;
    }
    return words;
}

/// Whether `: 0` or `=0` follows, and nothing else of a number or a phrase.
bool is_counted_as_none(std::string_view behind) {
    if (behind.starts_with('"')) behind.remove_prefix(1);
    if (!behind.starts_with(':') && !behind.starts_with('=')) return false;
    behind.remove_prefix(1);
    while (behind.starts_with(' '))
        behind.remove_prefix(1);
    if (!behind.starts_with('0')) return false;
    behind.remove_prefix(1);
    constexpr std::string_view ends = ",;)]}\r\n";
    return behind.empty() || ends.find(behind.front()) != std::string_view::npos ||
           (behind.front() == '.' && behind.size() == 1);
}

/// Whether a number 0 of its own stands right before, or a word that denies.
bool is_denied_before(std::string_view before, std::string_view word) {
    if (!before.ends_with(' ')) return false;
    before.remove_suffix(1);
    std::size_t begin = before.size();
    while (begin > 0 && bytes::is(before[begin - 1], bytes::word))
        --begin;
    const std::string_view last = before.substr(begin);
    const auto words = words_of(last);
    if (words.size() != 1) return false;
    if (denies(words.front())) return true;
    constexpr std::string_view parts_of_numbers = ".,'-+:/";
    const bool alone =
        begin == 0 || parts_of_numbers.find(before[begin - 1]) == std::string_view::npos;
    const bool grouped = begin > 1 && before[begin - 1] == ' ' &&
                         bytes::is(before[begin - 2], bytes::digit); // `1 000 errors`
    return last == "0" && alone && !grouped && is_noun(word);
}

bool lies_within(std::string_view part, std::string_view whole) {
    return whole.data() != nullptr && part.data() >= whole.data() &&
           part.data() + part.size() <= whole.data() + whole.size();
}

} // namespace

std::optional<std::string> failure_word_in(std::string_view text,
                                           std::initializer_list<std::string_view> names,
                                           const std::vector<std::string>& words) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (!bytes::is(text[at], bytes::letter)) {
            ++at;
            continue;
        }
        const std::size_t end = bytes::end_of(text, at, bytes::letter);
        const std::string_view run = text.substr(at, end - at);
        const bool named = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
            return lies_within(run, name);
        });
        if (!named) {
            for (const std::string& word : words_in(run)) {
                if (!contains_stem(word, words)) continue;
                const bool denied = is_denied_before(text.substr(0, at), word) ||
                                    (is_noun(word) && is_counted_as_none(text.substr(end)));
                if (!denied) return word;
            }
        }
        at = end;
    }
    return std::nullopt;
}

} // namespace tidemark
