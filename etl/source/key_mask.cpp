#include "source/key_mask.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

/// A key that is shorter is not masked.
constexpr std::size_t least_key = 8;

/// As .NET's encoder writes it, with hexadecimal digits as the format says.
std::string with_codes(const std::string& secret, fmt::format_string<int> format) {
    constexpr std::string_view escaped = "+&<>'`\"\\";
    std::string text;
    for (const char c : secret) {
        if (escaped.find(c) == std::string_view::npos)
            text += c;
        else
            text += fmt::format(format, static_cast<int>(c));
    }
    return text;
}

std::string with_backslashes(const std::string& secret, std::string_view escaped) {
    std::string text;
    for (const char c : secret) {
        if (escaped.find(c) != std::string_view::npos) text += '\\';
        text += c;
    }
    return text;
}

/// The text with `***` in place of each of these.
std::string masked(std::string text, const std::vector<std::string>& spellings) {
    constexpr std::string_view mask = "***";
    for (const std::string& spelling : spellings) {
        for (auto at = text.find(spelling); at != std::string::npos;
             at = text.find(spelling, at + mask.size()))
            text.replace(at, spelling.size(), mask);
    }
    return text;
}

std::size_t shared_beginning(std::string_view left, std::string_view right) {
    std::size_t length = 0;
    while (length < std::min(left.size(), right.size()) && left[length] == right[length])
        ++length;
    return length;
}

} // namespace

std::vector<std::string> spellings_in_json(const std::string& secret) {
    std::vector<std::string> spellings{secret};
    for (std::string spelling :
         {with_backslashes(secret, "\"\\"), with_backslashes(secret, "/\"\\"),
          with_codes(secret, "\\u{:04X}"), with_codes(secret, "\\u{:04x}")}) {
        if (std::ranges::find(spellings, spelling) == spellings.end())
            spellings.push_back(std::move(spelling));
    }
    return spellings;
}

std::string redacted(std::string text, const std::vector<std::string>& secrets) {
    for (const std::string& secret : secrets) {
        if (!secret.empty()) text = masked(std::move(text), spellings_in_json(secret));
    }
    return text;
}

KeyMask::KeyMask(const std::string& key, Sink sink) : m_sink(std::move(sink)) {
    if (key.size() < least_key) return;
    m_spellings = spellings_in_json(key);
    m_beginning = key;
    for (const std::string& spelling : m_spellings)
        m_beginning.resize(shared_beginning(m_beginning, spelling));
}

bool KeyMask::feed(std::string_view chunk) {
    if (m_spellings.empty()) return m_sink(chunk);
    std::string joined;
    if (!m_held.empty() || chunk.find(m_beginning) != std::string_view::npos) {
        joined = masked(std::exchange(m_held, {}).append(chunk), m_spellings);
        chunk = joined;
    }
    const std::size_t held = begun_key(chunk);
    m_held = chunk.substr(chunk.size() - held);
    m_enough = !m_sink(chunk.substr(0, chunk.size() - held));
    return !m_enough;
}

void KeyMask::finish() {
    if (!m_enough && !m_held.empty()) m_sink(std::exchange(m_held, {}));
}

std::size_t KeyMask::begun_key(std::string_view text) const {
    std::size_t most = 0;
    for (const std::string_view spelling : m_spellings) {
        std::size_t length = std::min(text.size(), spelling.size() - 1);
        while (length > most && !text.ends_with(spelling.substr(0, length)))
            --length;
        most = std::max(most, length);
    }
    return most;
}

} // namespace tidemark
