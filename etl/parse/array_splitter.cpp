#include "parse/array_splitter.hpp"

#include "error.hpp"
#include "text/foreign_text.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t oversized_beginning = 64U << 10U;
constexpr std::size_t most_kept_capacity = 4U << 20U; // between two elements
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

enum class Sign : std::uint8_t { plain, quote, open, close };

constexpr std::array<Sign, 256> signs = [] {
    std::array<Sign, 256> table{};
    table['"'] = Sign::quote;
    table['{'] = table['['] = Sign::open;
    table['}'] = table[']'] = Sign::close;
    return table;
}();

/// Whether an odd number of backslashes ends the text.
bool ends_in_escape(const char* begin, const char* end) {
    const char* at = end;
    while (at != begin && *(at - 1) == '\\')
        --at;
    return (end - at) % 2 != 0;
}

} // namespace

void ArraySplitter::FreeHash::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

ArraySplitter::ArraySplitter(std::size_t max_element_bytes, Sink sink)
    : m_max_element_bytes(max_element_bytes), m_sink(std::move(sink)) {}

bool ArraySplitter::closed() const { return m_place == Place::after_array; }

bool ArraySplitter::empty() const { return m_place == Place::before_array; }

bool ArraySplitter::feed(std::string_view chunk) {
    if (m_enough) return false;
    m_chunk = chunk;
    m_at = 0;
    m_from = 0;
    while (m_at < m_chunk.size() && !m_enough)
        advance();
    if (in_element()) keep(m_chunk.substr(m_from));
    m_offset += chunk.size();
    m_chunk = {};
    return !m_enough;
}

void ArraySplitter::advance() {
    switch (m_place) {
    case Place::before_array: return open_array();
    case Place::in_container: return scan_container();
    case Place::in_string: return scan_string();
    case Place::in_scalar: return scan_scalar();
    default: return step_between_elements();
    }
}

void ArraySplitter::open_array() {
    const char c = m_chunk[m_at];
    const bool marks = m_offset + m_at == m_mark_bytes && m_mark_bytes < byte_order_mark.size() &&
                       c == byte_order_mark[m_mark_bytes];
    if (marks) {
        ++m_mark_bytes;
    } else if (m_mark_bytes % byte_order_mark.size() != 0) {
        fail_foreign(0);
    } else if (c == '[') {
        m_place = Place::before_first;
    } else if (!is_json_space(c)) {
        fail_foreign(m_at);
    }
    ++m_at;
}

void ArraySplitter::step_between_elements() {
    const char c = m_chunk[m_at];
    const bool separates = c == ',' || c == ']';
    if (is_json_space(c)) {
        ++m_at;
    } else if (m_place == Place::after_array) {
        fail("something follows the array");
    } else if (separates &&
               (m_place == Place::after_value || (m_place == Place::before_first && c == ']'))) {
        m_place = c == ',' ? Place::before_value : Place::after_array;
        ++m_at;
    } else if (m_place == Place::after_value) {
        fail("a comma is missing, or a bracket too many");
    } else {
        begin_element(c);
    }
}

void ArraySplitter::begin_element(char first) {
    if (first == '\0') fail_foreign(m_at);
    if (first == ',' || first == ']') fail("an element is missing");
    if (first == '}' || first == ':') fail("an element cannot begin so");
    m_opener = first;
    m_from = m_at++;
    if (signs[static_cast<unsigned char>(first)] == Sign::open) {
        m_depth = 1;
        m_place = Place::in_container;
    } else {
        m_place = first == '"' ? Place::in_string : Place::in_scalar;
    }
}

void ArraySplitter::scan_container() {
    const char* const end = m_chunk.data() + m_chunk.size();
    const char* at = m_chunk.data() + m_at;
    while (at != end) {
        const Sign sign = signs[static_cast<unsigned char>(*at++)];
        if (sign == Sign::plain) continue;
        if (sign == Sign::quote) {
            at = past_string(at, end);
            if (at == nullptr) {
                m_place = Place::in_string;
                break;
            }
        } else if (sign == Sign::open) {
            ++m_depth;
        } else if (--m_depth == 0) {
            m_at = static_cast<std::size_t>(at - m_chunk.data());
            return end_container(*(at - 1));
        }
    }
    m_at = m_chunk.size();
}

void ArraySplitter::scan_string() {
    const char* const past = past_string(m_chunk.data() + m_at, m_chunk.data() + m_chunk.size());
    if (past == nullptr) {
        m_at = m_chunk.size();
        return;
    }
    m_at = static_cast<std::size_t>(past - m_chunk.data());
    if (m_depth > 0) {
        m_place = Place::in_container;
    } else {
        end_element();
    }
}

void ArraySplitter::scan_scalar() {
    for (; m_at < m_chunk.size(); ++m_at) {
        const char c = m_chunk[m_at];
        if (is_json_space(c) || c == ',' || c == ']') return end_element();
        if (signs[static_cast<unsigned char>(c)] != Sign::plain) fail("a comma is missing");
    }
}

/// Past the quote that closes the string that `at` is in; null when the chunk ends before it.
const char* ArraySplitter::past_string(const char* at, const char* end) {
    if (m_escaped && at != end) {
        m_escaped = false;
        ++at;
    }
    while (at != end) {
        const auto* const quote =
            static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(end - at)));
        if (quote == nullptr) break;
        if (!ends_in_escape(at, quote)) return quote + 1;
        at = quote + 1;
    }
    m_escaped = ends_in_escape(at, end);
    return nullptr;
}

void ArraySplitter::end_container(char bracket) {
    if ((m_opener == '{') != (bracket == '}')) {
        --m_at;
        fail(fmt::format("'{}' closes what '{}' opened", bracket, m_opener));
    }
    end_element();
}

void ArraySplitter::end_element() {
    const std::string_view piece = m_chunk.substr(m_from, m_at - m_from);
    const bool whole = m_kept.empty() && piece.size() <= m_max_element_bytes;
    if (!whole) keep(piece);
    m_place = Place::after_value;
    const ArrayElement element =
        whole ? ArrayElement{.index = m_index, .json = piece, .bytes = piece.size()}
              : spanning_element();
    ++m_index;
    m_enough = !m_sink(element);
    m_kept.clear();
    if (m_kept.capacity() > most_kept_capacity) m_kept.shrink_to_fit();
    m_hash.reset();
}

void ArraySplitter::keep(std::string_view piece) {
    const std::size_t size = m_kept.size() + piece.size();
    if (!m_hash && size > m_max_element_bytes) begin_oversized();
    if (m_hash) {
        XXH3_64bits_update(m_hash.get(), piece.data(), piece.size());
        m_hashed_bytes += piece.size();
        m_kept += piece.substr(0, oversized_beginning - m_kept.size());
        return;
    }
    if (size > m_kept.capacity())
        m_kept.reserve(std::min(std::max(size, 2 * m_kept.capacity()), m_max_element_bytes));
    m_kept += piece;
}

void ArraySplitter::begin_oversized() {
    m_hash.reset(XXH3_createState());
    if (!m_hash) throw std::bad_alloc{};
    XXH3_64bits_reset(m_hash.get());
    XXH3_64bits_update(m_hash.get(), m_kept.data(), m_kept.size());
    m_hashed_bytes = m_kept.size();
    m_kept.resize(std::min(m_kept.size(), oversized_beginning));
}

ArrayElement ArraySplitter::spanning_element() const {
    ArrayElement element{.index = m_index, .json = m_kept, .bytes = m_kept.size()};
    if (m_hash) {
        element.oversized = true;
        element.bytes = m_hashed_bytes;
        element.hash = XXH3_64bits_digest(m_hash.get());
    }
    return element;
}

bool ArraySplitter::in_element() const {
    return m_place == Place::in_container || m_place == Place::in_string ||
           m_place == Place::in_scalar;
}

void ArraySplitter::fail(std::string_view why) const {
    throw JobError(fmt::format("the body is no valid array: {} at byte {}, before {}", why,
                               m_offset + m_at, quoted(m_chunk.substr(m_at), 40)));
}

void ArraySplitter::fail_foreign(std::size_t from) const {
    throw JobError("the body is no array: it " + describe_foreign_body(m_chunk.substr(from)));
}

} // namespace tidemark
