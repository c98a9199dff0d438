#include "messages/message_pieces.hpp"

#include "messages/mask.hpp"
#include "messages/template_miner.hpp"

#include <algorithm>
#include <set>

namespace tidemark {
namespace {

using Kind = MessagePiece::Kind;

Kind kind_of(PartKind kind) {
    switch (kind) {
    case PartKind::name: return Kind::name;
    case PartKind::path: return Kind::path;
    case PartKind::space: return Kind::space;
    case PartKind::guid:
    case PartKind::time:
    case PartKind::number: break;
    }
    return Kind::number;
}

/// Adds text that stays, cut at its spaces.
void add_words(std::vector<MessagePiece>& pieces, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.front() == ' ' ? 1 : std::min(text.find(' '), text.size());
        pieces.push_back({text.front() == ' ' ? Kind::space : Kind::text, text.substr(0, end)});
        text.remove_prefix(end);
    }
}

std::vector<MessagePiece> by_parts(std::string_view message) {
    std::vector<MessagePiece> pieces;
    std::size_t at = 0;
    for (const VariablePart& part : variable_parts(message)) {
        add_words(pieces, message.substr(at, part.begin - at));
        pieces.push_back({kind_of(part.kind), message.substr(part.begin, part.end - part.begin)});
        at = part.end;
    }
    add_words(pieces, message.substr(at));
    return pieces;
}

/// Which words of a pattern are wildcards, counted from 0.
std::set<std::size_t> wildcard_places(std::string_view pattern) {
    std::set<std::size_t> places;
    for (std::size_t word = 0, begin = 0; begin <= pattern.size(); ++word) {
        const std::size_t end = std::min(pattern.find(' ', begin), pattern.size());
        if (pattern.substr(begin, end - begin) == wildcard) places.insert(word);
        begin = end + 1;
    }
    return places;
}

} // namespace

std::vector<MessagePiece> pieces_of(std::string_view message, std::string_view group_pattern) {
    const std::set<std::size_t> wildcards = wildcard_places(group_pattern);
    std::vector<MessagePiece> pieces;
    std::size_t word = 0;
    for (const MessagePiece& piece : by_parts(message)) {
        const bool goes_on = !pieces.empty() && pieces.back().kind == Kind::other &&
                             piece.kind != Kind::space && wildcards.contains(word);
        if (piece.kind == Kind::space) {
            if (!pieces.empty()) ++word; // white space at the beginning separates nothing
            pieces.push_back(piece);
        } else if (goes_on) {
            std::string_view& text = pieces.back().text;
            text = {text.data(), text.size() + piece.text.size()};
        } else if (wildcards.contains(word)) {
            pieces.push_back({Kind::other, piece.text});
        } else {
            pieces.push_back(piece);
        }
    }
    return pieces;
}

} // namespace tidemark
