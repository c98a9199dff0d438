#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tidemark {

/// One element of a top-level array, cut out of the stream.
struct ArrayElement {
    std::size_t index = 0;   ///< from 0
    std::string_view json;   ///< valid until the call returns; of an oversized one, its beginning
    bool oversized = false;  ///< larger than the limit: only the first 64 KiB were kept
    std::uint64_t bytes = 0; ///< its whole size
    std::uint64_t hash = 0;  ///< of the whole oversized element; 0 for others
};

/// Cuts a top-level JSON array into its elements while the bytes arrive, holding no more than the
/// element that is under way. It knows strings and brackets, nothing else: whether an element is
/// valid JSON is for the parser to say.
class ArraySplitter {
public:
    /// Receives each element; returns false when the rest is not needed.
    using Sink = std::function<bool(const ArrayElement&)>;

    ArraySplitter(std::size_t max_element_bytes, Sink sink);

    /// Takes the next bytes, of any size. Returns false when the sink said that it had enough.
    /// Throws JobError when the body is no array (it says what it looks like instead: HTML, an
    /// object, UTF-16, nothing), or its brackets do not match, or something follows the array.
    bool feed(std::string_view chunk);

    /// Whether the array was closed. When all bytes were fed and this is false, the body was cut
    /// short.
    [[nodiscard]] bool closed() const;

    /// Whether nothing but white space was seen.
    [[nodiscard]] bool empty() const;
};

} // namespace tidemark
