#include "learning/name_bounds.hpp"

#include "learning/vocabulary.hpp"
#include "text/did_you_mean.hpp"

#include <array>
#include <string_view>

namespace tidemark {
namespace {

using Tokens = std::vector<Token>;

std::string_view closer_of(std::string_view open) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> pairs = {
        {{"'", "'"},
         {"\"", "\""},
         {"`", "`"},
         {"[", "]"},
         {"(", ")"},
         {"{", "}"},
         {"<", ">"},
         {"\xC2\xAB", "\xC2\xBB"},
         {"\xC2\xBB", "\xC2\xAB"},
         {"\xE2\x80\x9C", "\xE2\x80\x9D"},
         {"\xE2\x80\x9E", "\xE2\x80\x9C"},
         {"\xE2\x80\x98", "\xE2\x80\x99"}}};
    for (const auto& [first, last] : pairs)
        if (first == open) return last;
    return {};
}

bool is_sign(const Token& token, std::string_view signs) {
    return token.kind == TokenKind::sign && token.text.size() == 1 &&
           signs.find(token.text) != std::string_view::npos;
}

bool is_word(const Token& token) { return token.kind == TokenKind::word; }

/// What is open at a place: what closes it, and where it opens. Of quotes that look alike on both
/// sides every second one closes; an apostrophe within or behind a word opens nothing.
using Open = std::vector<std::pair<std::string_view, std::size_t>>;

void advance_over(Open& open, const Tokens& tokens, std::size_t at) {
    if (tokens[at].kind != TokenKind::sign) return;
    const bool behind_word = at > 0 && is_word(tokens[at - 1]);
    const bool before_word = at + 1 < tokens.size() && is_word(tokens[at + 1]);
    if (!open.empty() && open.back().first == tokens[at].text) {
        if (!behind_word || !before_word) open.pop_back();
    } else if (const auto close = closer_of(tokens[at].text); !close.empty()) {
        const bool quote = close == tokens[at].text;
        if (!quote || !behind_word) open.emplace_back(close, at);
    }
}

/// Whether quotes and brackets that open within also close there, and no others do.
bool is_balanced(const Tokens& tokens, std::size_t begin, std::size_t end) {
    Open open;
    for (std::size_t i = 0; i < begin; ++i)
        advance_over(open, tokens, i);
    const std::size_t level = open.size();
    for (std::size_t i = begin; i < end; ++i) {
        advance_over(open, tokens, i);
        if (open.size() < level) return false;
    }
    return open.size() == level;
}

/// Whether a sign that joins the words of a name stands there, with or without spaces.
bool joins(const Tokens& tokens, std::size_t at) { return is_sign(tokens[at], "-_./\\|>+&:"); }

bool is_outcome_token(const Token& token, const std::vector<std::string>& failure_words) {
    return is_outcome_word(lower_case(token.text), failure_words);
}

} // namespace

std::optional<TokenSpan> enclosure(const Tokens& tokens, std::size_t begin, std::size_t end) {
    Open open;
    for (std::size_t i = 0; i < begin; ++i)
        advance_over(open, tokens, i);
    if (open.empty()) return std::nullopt;
    const std::size_t level = open.size();
    const std::size_t opened = open.back().second;
    for (std::size_t i = begin; i < tokens.size(); ++i) {
        advance_over(open, tokens, i);
        if (open.size() >= level) continue;
        if (i < end) return std::nullopt;
        return std::pair{opened + 1, i};
    }
    return std::nullopt;
}

bool is_lower(const Token& token) {
    return is_word(token) && token.text[0] >= 'a' && token.text[0] <= 'z';
}

bool can_be_name(const Tokens& tokens, std::size_t begin, std::size_t end) {
    if (end <= begin || end - begin > longest_name_tokens) return false;
    if (tokens[begin].kind == TokenKind::space || tokens[end - 1].kind == TokenKind::space)
        return false;
    bool word = false;
    for (std::size_t i = begin; i < end; ++i) {
        word = word || is_word(tokens[i]);
        if (tokens[i].kind == TokenKind::space &&
            tokens[i].text.find_first_of("\r\n") != std::string_view::npos)
            return false;
    }
    return word && is_balanced(tokens, begin, end);
}

std::vector<std::pair<std::size_t, std::size_t>> enclosed_parts(const Tokens& tokens) {
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    Open open;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Open before = open;
        advance_over(open, tokens, i);
        if (open.size() < before.size()) parts.emplace_back(before.back().second + 1, i);
    }
    return parts;
}

std::size_t joined_before(const Tokens& tokens, std::size_t begin) {
    for (;;) {
        std::size_t at = begin;
        while (at > 0 && tokens[at - 1].kind == TokenKind::space)
            --at;
        if (at == 0 || !joins(tokens, at - 1) || is_sign(tokens[at - 1], ":")) return begin;
        --at;
        while (at > 0 && tokens[at - 1].kind == TokenKind::space)
            --at;
        if (at == 0 || !is_word(tokens[at - 1])) return begin;
        --at;
        while (at >= 2 && tokens[at - 1].text == " " && is_word(tokens[at - 2]) &&
               !is_lower(tokens[at - 2]) && at > 2)
            at -= 2;
        begin = at;
    }
}

std::size_t joined_behind(const Tokens& tokens, std::size_t end,
                          const std::vector<std::string>& failure_words) {
    for (;;) {
        std::size_t at = end;
        while (at < tokens.size() && tokens[at].kind == TokenKind::space)
            ++at;
        if (at >= tokens.size() || !joins(tokens, at) || is_sign(tokens[at], ":")) return end;
        ++at;
        while (at < tokens.size() && tokens[at].kind == TokenKind::space)
            ++at;
        if (at >= tokens.size() || !is_word(tokens[at]) ||
            is_outcome_token(tokens[at], failure_words))
            return end;
        ++at;
        while (at + 1 < tokens.size() && tokens[at].text == " " && is_word(tokens[at + 1]) &&
               !is_outcome_token(tokens[at + 1], failure_words) &&
               is_manner_word(lower_case(tokens[at + 1].text)))
            at += 2;
        end = at;
    }
}

} // namespace tidemark
