#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct XXH3_state_s;

namespace tidemark {

/// One element of a top-level array, cut out of the stream.
struct ArrayElement {
    std::size_t index = 0;  ///< from 0
    std::string_view json;  ///< valid until the call returns; the beginning of an oversized element
    bool oversized = false; ///< larger than the limit: only the first 64 KiB were kept
    std::uint64_t bytes = 0; ///< its whole size
    std::uint64_t hash = 0;  ///< of a whole oversized element; else 0
};

/// Splits a top-level JSON array into its elements while the bytes arrive. It holds at most one
/// element in memory. It looks at strings and brackets only; the parser checks whether an element
/// is valid JSON.
class ArraySplitter {
public:
    /// Called with each element; returns false when the rest is not needed.
    using Sink = std::function<bool(const ArrayElement&)>;

    ArraySplitter(std::size_t max_element_bytes, Sink sink);

    /// Processes the next bytes. Returns false after the sink returned false. Throws JobError when
    /// the body is no array (the error says what it looks like: HTML, an object, UTF-16, nothing),
    /// when brackets do not match, or when text follows the array. The error counts bytes from 0.
    /// After an exception the object must not be used again.
    bool feed(std::string_view chunk);

    /// Whether the array was closed. When it is false at the end of the bytes, the body was cut
    /// short.
    [[nodiscard]] bool closed() const;

    /// Whether only white space was seen so far.
    [[nodiscard]] bool empty() const;

private:
    enum class Place {
        before_array,
        before_first,
        before_value,
        in_container,
        in_string,
        in_scalar,
        after_value,
        after_array
    };

    struct FreeHash {
        void operator()(XXH3_state_s* state) const;
    };

    void advance();
    void open_array();
    void step_between_elements();
    void begin_element(char first);
    void scan_container();
    void scan_string();
    void scan_scalar();
    const char* past_string(const char* at, const char* end);
    void end_container(char bracket);
    void end_element();
    void keep(std::string_view piece);
    void begin_oversized();
    [[nodiscard]] ArrayElement spanning_element() const;
    [[nodiscard]] bool in_element() const;
    [[noreturn]] void fail(std::string_view why) const;
    [[noreturn]] void fail_foreign(std::size_t from) const;

    std::size_t m_max_element_bytes;
    Sink m_sink;
    Place m_place = Place::before_array;
    bool m_enough = false;
    bool m_escaped = false;       // a backslash ended the last chunk, within a string
    char m_opener = 0;            // the element's first byte
    std::size_t m_depth = 0;      // of brackets within the element
    std::size_t m_index = 0;      // of the element
    std::uint64_t m_offset = 0;   // of the chunk in the body
    std::size_t m_mark_bytes = 0; // of a byte order mark

    std::string_view m_chunk; // while it is fed
    std::size_t m_at = 0;     // in the chunk
    std::size_t m_from = 0;   // where the element, or what the chunk has of it, begins

    std::string m_kept;                             // the element's bytes out of earlier chunks
    std::unique_ptr<XXH3_state_s, FreeHash> m_hash; // of an oversized element
    std::uint64_t m_hashed_bytes = 0;
};

} // namespace tidemark
