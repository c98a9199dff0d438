#include "templates/template.hpp"

#include "templates/part_ends.hpp"
#include "text/utf8.hpp"

#include <bit>

namespace tidemark {
namespace {

using bytes::at;
using bytes::end_of;
using bytes::is;

/// Hexadecimal digits without a prefix are a number when there are so many of them.
constexpr std::size_t long_hex = 6;

std::string_view text_of(PartKind kind) {
    switch (kind) {
    case PartKind::guid: return "<guid>";
    case PartKind::time: return "<time>";
    case PartKind::number: return "<number>";
    case PartKind::name: return "<name>";
    case PartKind::path: return "<path>";
    case PartKind::space: break;
    }
    return " ";
}

/// Goes through a message once. Text that stays is copied only when something behind it is taken
/// out, which is what makes an ordinary message cheap.
class Masking {
public:
    /// `parts` is filled when it is given.
    Masking(std::string_view text, std::string& mask, std::vector<VariablePart>* parts = nullptr)
        : m_text(text), m_mask(mask), m_begin(mask.size()), m_parts(parts) {}

    void run() {
        while (m_at < m_text.size())
            step(bytes::kind(m_text[m_at]));
        keep_until(m_text.size());
        if (m_mask.size() > m_begin && m_mask.back() == ' ') m_mask.pop_back();
    }

private:
    void step(std::uint8_t kind) {
        if ((kind & bytes::word) != 0) return word();
        if ((kind & bytes::space) != 0) return space();
        switch (m_text[m_at]) {
        case '\'':
        case '"':
        case '`':
            if (!after_word()) return part(end_of_quoted(m_text, m_at), PartKind::name);
            break;
        case '[': return part(end_of_bracketed(m_text, m_at), PartKind::name);
        case '\\': return part(end_of_windows_path(m_text, m_at, m_at), PartKind::path);
        case '/':
            if (!after_word()) return part(end_of_unix_path(m_text, m_at), PartKind::path);
            break;
        case '-':
        case '+':
            if (begins_number()) return sign();
            break;
        default: break;
        }
        ++m_at;
    }

    void space() {
        const std::size_t end = end_of(m_text, m_at, bytes::space);
        if (m_at == 0 || end != m_at + 1 || m_text[m_at] != ' ') {
            replace(end, PartKind::space);
        } else {
            m_at = end;
        }
    }

    void word() {
        std::uint8_t kinds = 0;
        std::size_t end = m_at;
        while (end < m_text.size() && is(m_text[end], bytes::word))
            kinds |= bytes::kind(m_text[end++]);
        if (is_wide(m_text[m_at]) && try_part(end_of_quoted(m_text, m_at), PartKind::name)) return;
        if ((kinds & bytes::not_hex) == 0 && hexadecimal(end)) return;
        if (joined(end)) return;
        if ((kinds & bytes::digit) != 0) return digits(end);
        m_at = end;
    }

    /// A quotation mark beyond ASCII is one of these, and a letter otherwise.
    static bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

    /// A word of hexadecimal digits only: a guid, an address, a number.
    bool hexadecimal(std::size_t end) {
        const char next = at(m_text, end);
        if (next == '-') return try_part(end_of_guid(m_text, m_at), PartKind::guid);
        if (next == ':' && end - m_at <= 4)
            return try_part(end_of_address(m_text, m_at), PartKind::number);
        return false;
    }

    /// A word that something behind it makes a host or a path of.
    bool joined(std::size_t end) {
        switch (at(m_text, end)) {
        case '.':
        case '-': return try_part(end_of_host(m_text, m_at), PartKind::number);
        case '\\': return try_part(end_of_windows_path(m_text, m_at, end), PartKind::path);
        case ':':
            return try_part(end_of_url(m_text, m_at, end), PartKind::path) ||
                   try_part(end_of_windows_path(m_text, m_at, end), PartKind::path);
        default: return false;
        }
    }

    /// A word that holds digits.
    void digits(std::size_t end) {
        const std::string_view word = m_text.substr(m_at, end - m_at);
        if (is(word.front(), bytes::digit)) {
            if (try_part(end_of_time(m_text, m_at), PartKind::time)) return;
            if (measured(end)) return;
        }
        if (word.size() >= long_hex && end_of(word, 0, bytes::hex) == word.size())
            return replace(end, PartKind::number);
        mixed(end);
    }

    /// A number, with its unit if there is one. Digits at the beginning of a word are no number,
    /// unless the word is hexadecimal.
    bool measured(std::size_t word_end) {
        const std::size_t number_end = end_of_number(m_text, m_at);
        const bool spaced = at(m_text, number_end) == ' ';
        const std::size_t unit_at = spaced ? number_end + 1 : number_end;
        const std::size_t unit_end = end_of(m_text, unit_at, bytes::word);
        const std::string_view unit = m_text.substr(unit_at, unit_end - unit_at);
        switch (spaced ? spaced_unit_of(unit) : unit_of(unit)) {
        case Unit::time: return try_part(unit_end, PartKind::time);
        case Unit::size: return try_part(unit_end, PartKind::number);
        case Unit::none: break;
        }
        return number_end >= word_end && try_part(number_end, PartKind::number);
    }

    /// Letters and digits: the digits go.
    void mixed(std::size_t end) {
        while (m_at < end) {
            m_at = end_of(m_text, m_at, bytes::letter);
            if (m_at < end) replace(end_of(m_text, m_at, bytes::digit), PartKind::number);
        }
    }

    /// Belongs to the number that follows.
    void sign() {
        keep_until(m_at);
        m_kept = ++m_at;
        m_signed = true;
    }

    [[nodiscard]] bool after_word() const { return m_at > 0 && is(m_text[m_at - 1], bytes::word); }

    [[nodiscard]] bool begins_number() const {
        constexpr std::string_view before = " \t\n\r=:([{,<_";
        return is(at(m_text, m_at + 1), bytes::digit) &&
               (m_at == 0 || before.find(m_text[m_at - 1]) != std::string_view::npos);
    }

    /// Replaces the part that ends there, or copies one byte when there is no part.
    void part(std::size_t end, PartKind kind) {
        if (!try_part(end, kind)) ++m_at;
    }

    bool try_part(std::size_t end, PartKind kind) {
        if (end == m_at) return false;
        replace(end, kind);
        return true;
    }

    void replace(std::size_t end, PartKind kind) {
        keep_until(m_at);
        m_mask += m_mask.size() == m_begin && kind == PartKind::space ? "" : text_of(kind);
        if (m_parts != nullptr) m_parts->push_back({m_signed ? m_at - 1 : m_at, end, kind});
        m_signed = false;
        m_at = m_kept = end;
    }

    void keep_until(std::size_t end) { m_mask.append(m_text, m_kept, end - m_kept); }

    std::string_view m_text;
    std::string& m_mask;
    std::size_t m_begin; // where this mask begins
    std::vector<VariablePart>* m_parts;
    std::size_t m_at = 0;   // the current position
    std::size_t m_kept = 0; // what was copied
    bool m_signed = false;  // a sign stands right before
};

} // namespace

std::string_view masked_part(std::string_view message) {
    return cut_at_character(message, masked_bytes);
}

void append_mask(std::string_view message, std::string& mask) {
    Masking(masked_part(message), mask).run();
}

std::string mask_of(std::string_view message) {
    std::string mask;
    append_mask(message, mask);
    return mask;
}

std::vector<VariablePart> variable_parts(std::string_view message) {
    std::string mask;
    std::vector<VariablePart> parts;
    Masking(masked_part(message), mask, &parts).run();
    return parts;
}

std::int64_t shape_key(std::string_view mask) {
    const auto key = std::bit_cast<std::int64_t>(hash_of(mask));
    return key == -1 ? -2 : key;
}

} // namespace tidemark
