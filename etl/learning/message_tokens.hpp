#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The kind of a token. Numbers, times, ids and paths are variable.
enum class TokenKind : std::uint8_t { word, space, sign, number, time, guid, path };

/// A token of a message: a word, with the digits that belong to it (`xfer-07`, `Customer_54`,
/// `Dynamics 365`), white space, a sign, or a variable part. Text in quotes or brackets is split
/// like any other text.
struct Token {
    std::string_view text; ///< view into the message
    TokenKind kind = TokenKind::word;

    [[nodiscard]] bool varies() const { return kind >= TokenKind::number; }
};

/// Whether the number after a word (`xfer-07`, `Load 3`) belongs to the word.
using IsName = std::function<bool(std::string_view)>;

/// The tokens of `masked_part(message)`, without gaps and without the white space at its end.
std::vector<Token> tokens_of(std::string_view message, const IsName& is_name);

/// Calls `call` with each word of a message that is followed by a number, together with the number:
/// the candidates for `IsName`.
void each_numbered_word(std::string_view message,
                        const std::function<void(std::string_view)>& call);

/// The form of a variable part: its text with 9 for each run of digits.
std::string form_of(std::string_view text);

/// The text for comparing tokens of two messages: for a variable part it stands for its kind.
std::string_view alike(const Token& token);

} // namespace tidemark
