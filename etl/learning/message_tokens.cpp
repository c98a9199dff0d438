#include "learning/message_tokens.hpp"

#include "attribution/failure_words.hpp"
#include "config/config.hpp"
#include "learning/vocabulary.hpp"
#include "templates/template.hpp"
#include "text/did_you_mean.hpp"
#include "text/utf8.hpp"

namespace tidemark {
namespace {

using bytes::is;

TokenKind kind_of(PartKind kind) {
    switch (kind) {
    case PartKind::guid: return TokenKind::guid;
    case PartKind::time: return TokenKind::time;
    case PartKind::path: return TokenKind::path;
    case PartKind::space: return TokenKind::space;
    case PartKind::number:
    case PartKind::name: break;
    }
    return TokenKind::number;
}

/// The bytes of the character that a text begins with.
std::size_t character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        ++size;
    return size;
}

/// Quotation marks and dashes beyond ASCII are signs, other characters beyond it letters.
bool is_wide_sign(std::string_view text) {
    return text.starts_with("\xE2\x80") || text.starts_with("\xC2\xAB") ||
           text.starts_with("\xC2\xBB") || text.starts_with("\xE2\x86");
}

/// Text without parts that vary: words, white space, signs.
void add_text(std::vector<Token>& tokens, std::string_view text) {
    while (!text.empty()) {
        std::size_t end = 0;
        TokenKind kind = TokenKind::sign;
        if (is(text[0], bytes::space)) {
            end = bytes::end_of(text, 0, bytes::space);
            kind = TokenKind::space;
        } else if (is_wide_sign(text) || !is(text[0], bytes::word)) {
            end = character(text);
        } else {
            while (end < text.size() && is(text[end], bytes::word) &&
                   !is_wide_sign(text.substr(end)))
                end += character(text.substr(end));
            kind = TokenKind::word;
        }
        tokens.push_back({text.substr(0, end), kind});
        text.remove_prefix(end);
    }
}

/// The parts that vary are looked for within names in quotes too.
void add(std::vector<Token>& tokens, std::string_view text, int depth) {
    constexpr int deepest = 4;
    std::size_t at = 0;
    for (const VariablePart& part : variable_parts(text)) {
        add_text(tokens, text.substr(at, part.begin - at));
        const std::string_view inner = text.substr(part.begin, part.end - part.begin);
        at = part.end;
        const std::size_t quote = character(inner);
        if (part.kind == PartKind::name && depth < deepest && inner.size() > 2 * quote) {
            tokens.push_back({inner.substr(0, quote), TokenKind::sign});
            const std::string_view rest = inner.substr(quote);
            std::size_t last = rest.size() - 1;
            while (last > 0 && (static_cast<unsigned char>(rest[last]) & 0xC0U) == 0x80U)
                --last;
            add(tokens, rest.substr(0, last), depth + 1);
            tokens.push_back({rest.substr(last), TokenKind::sign});
        } else if (part.kind == PartKind::name) {
            add_text(tokens, inner);
        } else {
            tokens.push_back({inner, kind_of(part.kind)});
        }
    }
    add_text(tokens, text.substr(at));
}

std::string_view spanned(const Token& first, const Token& last) {
    return {first.text.data(),
            static_cast<std::size_t>(last.text.data() + last.text.size() - first.text.data())};
}

bool is_upper(std::string_view word) {
    return (word[0] >= 'A' && word[0] <= 'Z') || static_cast<unsigned char>(word[0]) >= 0x80;
}

/// The size of `xfer-07`, `Customer_54`, `3rd` or `Dynamics 365` in tokens, from the word or number
/// at a place on; 1 when no number belongs to what stands there.
std::size_t numbered(const std::vector<Token>& tokens, std::size_t at) {
    const auto kind = [&](std::size_t i) {
        return i < tokens.size() ? tokens[i].kind : TokenKind::space;
    };
    const auto joins = [&](std::size_t i) {
        return kind(i) == TokenKind::sign && i < tokens.size() &&
               (tokens[i].text == "-" || tokens[i].text == "." || tokens[i].text == "#");
    };
    constexpr std::size_t longest_number = 4;
    if (kind(at) == TokenKind::number && kind(at + 1) == TokenKind::word && at + 1 < tokens.size())
        return 2;
    if (kind(at) != TokenKind::word) return 1;
    std::size_t end = at + 1;
    for (;;) {
        const bool wordlike = kind(end) == TokenKind::number || kind(end) == TokenKind::word ||
                              kind(end) == TokenKind::time;
        const std::size_t behind = end + 1;
        if (wordlike && end < tokens.size()) {
            end = behind;
        } else if (joins(end) && kind(behind) == TokenKind::number && behind < tokens.size()) {
            end = behind + 1;
        } else {
            break;
        }
    }
    if (end > at + 1) return end - at;
    const bool spaced = kind(end) == TokenKind::space && end < tokens.size() &&
                        tokens[end].text == " " && kind(end + 1) == TokenKind::number &&
                        end + 1 < tokens.size() && tokens[end + 1].text.size() <= longest_number;
    if (spaced && is_upper(tokens[at].text) && !is_row_word(lower_case(tokens[at].text))) return 3;
    return 1;
}

bool holds_number(const std::vector<Token>& tokens, std::size_t at, std::size_t size) {
    for (std::size_t i = at; i < at + size; ++i)
        if (tokens[i].varies()) return true;
    return false;
}

std::vector<Token> cut(std::string_view message) {
    std::vector<Token> tokens;
    add(tokens, masked_part(message), 0);
    while (!tokens.empty() && tokens.back().kind == TokenKind::space)
        tokens.pop_back();
    return tokens;
}

} // namespace

namespace {

/// Of `0 errors` the number says as much as the word.
void keep_denials(std::vector<Token>& tokens) {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> all = default_failure_words();
        for (const auto* word : {"warn", "advars", "waarsch", "avert", "varning", "skip"})
            all.emplace_back(word);
        return all;
    }();
    const auto counted = [&](std::size_t at) {
        return at < tokens.size() && tokens[at].kind == TokenKind::word &&
               failure_word_in(tokens[at].text, {}, words);
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::number || tokens[i].text != "0") continue;
        bool near = counted(i + 1) || counted(i + 2);
        for (std::size_t back = 1; back <= 4 && back <= i; ++back)
            near = near || counted(i - back);
        if (near) tokens[i].kind = TokenKind::word;
    }
}

} // namespace

std::vector<Token> tokens_of(std::string_view message, const IsName& is_name) {
    const std::vector<Token> pieces = cut(message);
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < pieces.size();) {
        const std::size_t size = numbered(pieces, at);
        const std::string_view whole = spanned(pieces[at], pieces[at + size - 1]);
        if (size > 1 && (!holds_number(pieces, at, size) || is_name(whole))) {
            tokens.push_back({whole, TokenKind::word});
            at += size;
        } else {
            tokens.push_back(pieces[at++]);
        }
    }
    keep_denials(tokens);
    return tokens;
}

void each_numbered_word(std::string_view message,
                        const std::function<void(std::string_view)>& call) {
    const std::vector<Token> pieces = cut(message);
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        const std::size_t size = numbered(pieces, at);
        if (size == 1) continue;
        call(spanned(pieces[at], pieces[at + size - 1]));
        at += size - 1;
    }
}

std::string form_of(std::string_view text) {
    std::string form;
    for (const char c : text) {
        const bool digit = is(c, bytes::digit);
        if (!digit || form.empty() || form.back() != '9') form += digit ? '9' : c;
    }
    return form;
}

std::string_view alike(const Token& token) {
    switch (token.kind) {
    case TokenKind::number: return "\x01n";
    case TokenKind::time: return "\x01t";
    case TokenKind::guid: return "\x01g";
    case TokenKind::path: return "\x01p";
    default: return token.text;
    }
}

} // namespace tidemark
