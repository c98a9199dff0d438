#pragma once

#include "model/guid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How executions lie in the files of an archive; docs/archive.md describes it for those who have
/// nothing but zstd. A file is a row of blocks, each a skippable frame of zstd's with the head and
/// a frame with the content.
namespace tidemark {

/// How a version of an execution came into a block.
enum class VersionKind : std::uint8_t {
    content = 0,        ///< its bytes stand in the block
    repetition = 1,     ///< its bytes stand in an earlier block: the execution is again as it was
    joined_content = 2, ///< imported: counts as one more version out of the body of the newest one
    joined_repetition = 3,
};

/// Whether its bytes stand in an earlier block.
constexpr bool is_repetition(VersionKind kind) {
    return kind == VersionKind::repetition || kind == VersionKind::joined_repetition;
}

/// Whether it was imported.
constexpr bool joins(VersionKind kind) {
    return kind == VersionKind::joined_content || kind == VersionKind::joined_repetition;
}

struct BlockEntry {
    Guid id;
    std::uint64_t hash = 0;  ///< XXH3 of the bytes, 64 bits
    std::uint32_t bytes = 0; ///< 0 where they stand in an earlier block
    VersionKind kind = VersionKind::content;
};

/// What stands before a block's content.
struct BlockHead {
    std::uint64_t body = 0;          ///< when the body was read, microseconds since 1970, UTC
    std::uint32_t content_bytes = 0; ///< after decompression
    std::uint32_t frame_bytes = 0;
    std::uint64_t frame_hash = 0; ///< XXH3 of the frame
    std::uint64_t chain = 0;      ///< XXH3 of the head, seeded with the chain of the block before
    std::vector<BlockEntry> entries;
};

std::uint64_t hash_of_bytes(std::string_view bytes);

/// The first bytes of a block, which tell how long its head is.
constexpr std::size_t block_prefix_bytes = 8;

/// How many bytes of head follow the prefix; nullopt when no block begins so.
std::optional<std::size_t> head_bytes_of(std::string_view prefix);

/// Reads what follows the prefix. `chain` is that of the block before it, 0 at the beginning of a
/// file. Nullopt when a byte of it is not what was written.
std::optional<BlockHead> read_head(std::string_view head, std::uint64_t chain);

/// Compresses and decompresses; keeps its memory from one block to the next.
class BlockCodec {
public:
    BlockCodec();
    ~BlockCodec();
    BlockCodec(const BlockCodec&) = delete;
    BlockCodec& operator=(const BlockCodec&) = delete;

    /// A whole block, as it is appended to a file. Of `head` only body and entries are read, the
    /// rest is filled in.
    std::string write(BlockHead& head, std::string_view content, std::uint64_t chain);

    /// The content of a frame; nullopt when it is damaged.
    std::optional<std::string> read(const BlockHead& head, std::string_view frame);

private:
    struct Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

} // namespace tidemark
