#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What a token of a message is. Numbers, times, ids and paths are taken to vary.
enum class TokenKind : std::uint8_t { word, space, sign, number, time, guid, path };

/// A piece of a message: a word of letters and the digits that belong to it (`xfer-07`,
/// `Customer_54`, `Dynamics 365`), white space, a sign, or what a mask leaves out. What stands in
/// quotes or brackets is cut like everything else.
struct Token {
    std::string_view text; ///< of the message
    TokenKind kind = TokenKind::word;

    [[nodiscard]] bool varies() const { return kind >= TokenKind::number; }
};

/// Says of a word with its number (`xfer-07`, `Load 3`) whether the number belongs to the word.
using IsName = std::function<bool(std::string_view)>;

/// The tokens of `masked_part(message)`, without gaps and without the white space at its end.
std::vector<Token> tokens_of(std::string_view message, const IsName& is_name);

/// Every word of a message that a number stands behind, with the number: candidates for `IsName`.
void each_numbered_word(std::string_view message,
                        const std::function<void(std::string_view)>& call);

/// How a part that varies is written: with 9 for each run of digits.
std::string form_of(std::string_view text);

/// The text of a token by which two messages are alike: that of a part that varies is its kind.
std::string_view alike(const Token& token);

} // namespace tidemark
