#pragma once

#include "model/guid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The file format of an archive, which docs/archive.md describes. A file is a sequence of blocks.
/// A block is a skippable frame of zstd with the head, and a normal frame with the content.
namespace tidemark {

/// How a version of an execution is stored in a block.
enum class VersionKind : std::uint8_t {
    content = 0,        ///< its bytes are in this block
    repetition = 1,     ///< its bytes are in an earlier block: the execution is the same as then
    joined_content = 2, ///< imported: counts as a further version in the body of the newest one
    joined_repetition = 3,
};

/// Whether the bytes of the version are in an earlier block.
constexpr bool is_repetition(VersionKind kind) {
    return kind == VersionKind::repetition || kind == VersionKind::joined_repetition;
}

/// Whether the version was imported.
constexpr bool joins(VersionKind kind) {
    return kind == VersionKind::joined_content || kind == VersionKind::joined_repetition;
}

struct BlockEntry {
    Guid id;
    std::uint64_t hash = 0;  ///< XXH3 of the bytes, 64 bits
    std::uint32_t bytes = 0; ///< 0 when they are in an earlier block
    VersionKind kind = VersionKind::content;
};

/// The head of a block, before its content.
struct BlockHead {
    std::uint64_t body = 0;          ///< when the body was read, microseconds since 1970, UTC
    std::uint32_t content_bytes = 0; ///< after decompression
    std::uint32_t frame_bytes = 0;
    std::uint64_t frame_hash = 0; ///< XXH3 of the frame
    std::uint64_t chain = 0;      ///< XXH3 of the head, seeded with the chain of the block before
    std::vector<BlockEntry> entries;
};

/// The length of a block's prefix, which contains the length of the head.
constexpr std::size_t block_prefix_bytes = 8;

/// The number of bytes of the head after the prefix; nullopt when the prefix is invalid.
std::optional<std::size_t> head_bytes_of(std::string_view prefix);

/// Reads the head after the prefix. `chain` is that of the block before, 0 at the beginning of a
/// file. nullopt when the head is damaged.
std::optional<BlockHead> read_head(std::string_view head, std::uint64_t chain);

/// Compresses and decompresses blocks, and reuses its memory.
class BlockCodec {
public:
    BlockCodec();
    ~BlockCodec();
    BlockCodec(const BlockCodec&) = delete;
    BlockCodec& operator=(const BlockCodec&) = delete;

    /// Returns a whole block for appending to a file. Reads the body and the entries of `head`, and
    /// sets its other members.
    std::string write(BlockHead& head, std::string_view content, std::uint64_t chain);

    /// The content of a frame; nullopt when it is damaged.
    std::optional<std::string> read(const BlockHead& head, std::string_view frame);

private:
    struct Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

} // namespace tidemark
