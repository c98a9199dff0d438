#include "templates/rule_suggestion.hpp"

#include "config/toml_document.hpp"
#include "templates/grouping.hpp"
#include "templates/template.hpp"
#include "text/did_you_mean.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace tidemark {
namespace {

using Kind = MessagePiece::Kind;
using Pieces = std::vector<MessagePiece>;
using Words = std::set<std::string, std::less<>>;

const Words failed_words = {"failed",  "fails",    "failure",   "error",     "errors",
                            "aborted", "aborting", "exception", "cancelled", "canceled"};
const Words succeeded_words = {"completed", "complete",     "finished", "succeeded",
                               "success",   "successfully", "done",     "ended"};
const Words started_words = {"started", "starting", "start",     "executing", "execution",
                             "begin",   "begins",   "beginning", "running"};
const Words error_words = {"error", "errors", "failed", "failure", "exception", "reason"};
const Words task_words = {"task", "table", "package"};
const Words row_words = {"row", "rows", "record", "records"};

/// The letters of a piece of text in lower case: `Error:` is `error`.
std::string word_of(const MessagePiece& piece) {
    if (piece.kind != Kind::text) return "";
    std::string word;
    for (const char c : piece.text) {
        if (bytes::is(c, bytes::letter)) word += c;
    }
    return lower_case(word);
}

std::size_t next_word(const Pieces& pieces, std::size_t place) {
    ++place;
    return place < pieces.size() && pieces[place].kind == Kind::space ? place + 1 : place;
}

/// Makes one piece of those from `begin` to before `end`.
void join(Pieces& pieces, std::size_t begin, std::size_t end, Kind kind) {
    const char* const first = pieces[begin].text.data();
    const MessagePiece& last = pieces[end - 1];
    const auto size = static_cast<std::size_t>(last.text.data() + last.text.size() - first);
    pieces[begin] = {kind, {first, size}};
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                 pieces.begin() + static_cast<std::ptrdiff_t>(end));
}

bool is_outcome_word(const std::string& word) {
    return failed_words.contains(word) || succeeded_words.contains(word) ||
           started_words.contains(word);
}

/// The size of the character that a text begins with.
std::size_t first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        ++size;
    return size;
}

std::size_t last_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() &&
           (static_cast<unsigned char>(text[text.size() - size]) & 0xC0U) == 0x80U)
        ++size;
    return size;
}

bool is_quote(std::string_view character) {
    constexpr std::string_view marks = "' \" ` \xC2\xAB \xC2\xBB \xE2\x80\x9C \xE2\x80\x9D"
                                       " \xE2\x80\x9E \xE2\x80\x98 \xE2\x80\x99 \xE2\x80\x9A";
    return character != " " && marks.find(character) != std::string_view::npos;
}

bool is_quoted(std::string_view text) {
    const std::size_t open = first_character(text);
    const std::size_t close = last_character(text);
    return text.size() >= open + close && is_quote(text.substr(0, open)) &&
           is_quote(text.substr(text.size() - close));
}

/// Whether nothing stands between its quotes.
bool is_empty_name(std::string_view text) {
    return is_quoted(text) && text.size() <= first_character(text) + last_character(text);
}

/// The words behind `task` up to what is said of it.
bool find_unquoted_task(Pieces& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!task_words.contains(word_of(pieces[i]))) continue;
        const std::size_t begin = next_word(pieces, i);
        std::size_t end = begin;
        while (end < pieces.size() && !is_outcome_word(word_of(pieces[end])) &&
               word_of(pieces[end]) != "with")
            ++end;
        while (end > begin && pieces[end - 1].kind == Kind::space)
            --end;
        const bool nothing =
            end == begin || (end == begin + 1 && is_empty_name(pieces[begin].text));
        if (nothing) continue;
        join(pieces, begin, end, Kind::task);
        return true;
    }
    return false;
}

bool find_task(Pieces& pieces) {
    for (const Kind kind : {Kind::name, Kind::other}) {
        const auto found =
            std::find_if(pieces.begin(), pieces.end(), [&](const MessagePiece& piece) {
                return piece.kind == kind && !is_empty_name(piece.text);
            });
        if (found == pieces.end()) continue;
        found->kind = Kind::task;
        return true;
    }
    return find_unquoted_task(pieces);
}

void find_rows(Pieces& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].kind != Kind::number) continue;
        const std::size_t after = next_word(pieces, i);
        const bool before = i > 0 && (row_words.contains(word_of(pieces[i - 1])) ||
                                      (i > 1 && row_words.contains(word_of(pieces[i - 2]))));
        if (!before && (after >= pieces.size() || !row_words.contains(word_of(pieces[after]))))
            continue;
        pieces[i].kind = Kind::rows;
        return;
    }
}

/// What stands behind `error: `, `failed: ` or `error `, and behind the task.
void find_error(Pieces& pieces) {
    bool told = false;
    bool task_seen = std::none_of(pieces.begin(), pieces.end(),
                                  [](const auto& piece) { return piece.kind == Kind::task; });
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        const std::string word = word_of(pieces[i]);
        task_seen = task_seen || pieces[i].kind == Kind::task;
        told = told || error_words.contains(word);
        const bool begins = pieces[i].text.ends_with(':') || word == "error";
        if (!told || !task_seen || !begins || pieces[i].kind != Kind::text) continue;
        const std::size_t begin = next_word(pieces, i);
        if (begin >= pieces.size()) return;
        join(pieces, begin, pieces.size(), Kind::error);
        return;
    }
}

/// Text as RE2 takes it literally.
std::string escaped(std::string_view text) {
    constexpr std::string_view special = R"(\.+*?()|[]{}^$)";
    std::string pattern;
    for (const char c : text) {
        if (is_control(c)) {
            pattern += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            continue;
        }
        if (special.find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

/// A group around what varies; the quotes of a name stay outside of it.
std::string varying(std::string_view text, std::string_view group) {
    const auto grouped = [&](std::string_view inner) {
        return group.empty() ? std::string(inner) : fmt::format("(?P<{}>{})", group, inner);
    };
    if (!is_quoted(text)) return grouped(".+?");
    const std::size_t open = first_character(text);
    const std::size_t close = last_character(text);
    return escaped(text.substr(0, open)) + grouped(is_empty_name(text) ? ".*?" : ".+?") +
           escaped(text.substr(text.size() - close));
}

std::string rows_pattern(std::string_view text) {
    const bool plain = text.find_first_not_of("0123456789.,") == std::string_view::npos;
    return plain ? R"((?P<rows>[\d.,]+))" : "(?P<rows>.+?)";
}

/// White space; a vertical tab is none to RE2's `\s`.
std::string_view space_class(std::string_view text) {
    return text.find('\v') == std::string_view::npos ? "\\s" : "[[:space:]]";
}

std::string pattern_of(const MessagePiece& piece) {
    switch (piece.kind) {
    case Kind::text: return escaped(piece.text);
    case Kind::space: return piece.text == " " ? " " : fmt::format("{}+", space_class(piece.text));
    case Kind::name: return varying(piece.text, "");
    case Kind::task: return varying(piece.text, "task");
    case Kind::rows: return rows_pattern(piece.text);
    case Kind::error: return "(?P<error>.*)";
    case Kind::number:
    case Kind::path:
    case Kind::other: break;
    }
    return ".+?";
}

std::string pattern_of(const Pieces& pieces, std::string_view example) {
    // the dot of the text behind "error:" is to match line breaks too
    const bool lines = example.find('\n') != std::string_view::npos;
    std::string pattern = lines ? "(?s)^" : "^";
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const MessagePiece& piece = pieces[i];
        const bool outer = i == 0 || i + 1 == pieces.size();
        pattern += outer && piece.kind == Kind::space ? fmt::format("{}*", space_class(piece.text))
                                                      : pattern_of(piece);
    }
    const bool whole = example.size() + 4 <= masked_bytes;
    return whole ? pattern + '$' : pattern;
}

std::optional<TaskOutcome> guess_outcome(const Pieces& pieces) {
    const auto any_of = [&](const Words& words) {
        return std::any_of(pieces.begin(), pieces.end(), [&](const MessagePiece& piece) {
            return words.contains(word_of(piece));
        });
    };
    if (any_of(failed_words)) return TaskOutcome::failed;
    if (any_of(succeeded_words)) return TaskOutcome::succeeded;
    if (any_of(started_words)) return TaskOutcome::started;
    return std::nullopt;
}

std::string name_of(const Pieces& pieces) {
    constexpr int most_words = 5;
    std::string name;
    int words = 0;
    for (const MessagePiece& piece : pieces) {
        const std::string word = word_of(piece);
        if (word.empty() || words == most_words) continue;
        ++words;
        name += (name.empty() ? "" : " ") + word;
    }
    return name.empty() ? "new rule" : name;
}

} // namespace

SuggestedRule suggest_rule(std::string_view example, std::string_view group_pattern) {
    example = masked_part(example);
    Pieces pieces = pieces_of(example, group_pattern);
    const bool names_task = find_task(pieces);
    find_rows(pieces);
    find_error(pieces);
    return {.name = name_of(pieces),
            .pattern = pattern_of(pieces, example),
            .outcome = guess_outcome(pieces),
            .names_task = names_task};
}

std::string rule_block(const SuggestedRule& rule) {
    std::string block;
    if (!rule.names_task)
        block += "# a rule needs the task's name: put (?P<task>.+?) in its place in the pattern\n";
    block += fmt::format("[[attribution.rule]]\nname = {}\npattern = {}\n", toml_text(rule.name),
                         toml_text(rule.pattern));
    if (rule.outcome)
        block += fmt::format("outcome = \"{}\" # a guess: started, succeeded or failed\n",
                             to_text(*rule.outcome));
    else
        block += "# outcome = \"succeeded\": or started, or failed, when it tells one\n";
    return block;
}

} // namespace tidemark
