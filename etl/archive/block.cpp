#include "archive/block.hpp"

#include "error.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <new>

namespace tidemark {
namespace {

constexpr std::uint32_t skippable_frame = 0x184D2A50; // zstd's own tools pass over it
constexpr std::string_view block_mark = "TMA1";
constexpr std::size_t fixed_bytes = 4 + 8 + 4 + 4 + 4 + 8; // of a head, before the entries
constexpr std::size_t entry_bytes = 16 + 8 + 4 + 1;
constexpr std::size_t chain_bytes = 8;
constexpr std::size_t most_entries = 1U << 20U;
constexpr int compression_level = 1; // higher ones cost more and gain nothing on bodies

template <typename Number> void put(std::string& bytes, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i) & 0xFFU);
}

/// Takes a little-endian number off the front.
template <typename Number> Number read_number(std::string_view& bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    bytes.remove_prefix(sizeof(Number));
    return static_cast<Number>(number);
}

BlockEntry decode_entry(std::string_view& bytes) {
    BlockEntry entry;
    std::copy_n(bytes.begin(), entry.id.bytes.size(), entry.id.bytes.begin());
    bytes.remove_prefix(entry.id.bytes.size());
    entry.hash = read_number<std::uint64_t>(bytes);
    entry.bytes = read_number<std::uint32_t>(bytes);
    entry.kind = static_cast<VersionKind>(read_number<std::uint8_t>(bytes));
    return entry;
}

std::string head_text(const BlockHead& head) {
    std::string text{block_mark};
    text.reserve(fixed_bytes + head.entries.size() * entry_bytes + chain_bytes);
    put(text, head.body);
    put(text, static_cast<std::uint32_t>(head.entries.size()));
    put(text, head.content_bytes);
    put(text, head.frame_bytes);
    put(text, head.frame_hash);
    for (const BlockEntry& entry : head.entries) {
        text.append(entry.id.bytes.begin(), entry.id.bytes.end());
        put(text, entry.hash);
        put(text, entry.bytes);
        put(text, static_cast<std::uint8_t>(entry.kind));
    }
    return text;
}

} // namespace

std::optional<std::size_t> head_bytes_of(std::string_view prefix) {
    if (prefix.size() < block_prefix_bytes) return std::nullopt;
    if (read_number<std::uint32_t>(prefix) != skippable_frame) return std::nullopt;
    const std::size_t bytes = read_number<std::uint32_t>(prefix);
    if (bytes < fixed_bytes + chain_bytes) return std::nullopt;
    const std::size_t entries = bytes - fixed_bytes - chain_bytes;
    if (entries % entry_bytes != 0 || entries / entry_bytes > most_entries) return std::nullopt;
    return bytes;
}

std::optional<BlockHead> read_head(std::string_view bytes, std::uint64_t chain) {
    if (bytes.size() < fixed_bytes + chain_bytes || !bytes.starts_with(block_mark))
        return std::nullopt;
    const std::string_view hashed = bytes.substr(0, bytes.size() - chain_bytes);
    std::string_view end = bytes.substr(hashed.size());
    std::string_view rest = hashed.substr(block_mark.size());
    BlockHead head;
    head.chain = read_number<std::uint64_t>(end);
    if (head.chain != hash_of(hashed, chain)) return std::nullopt;
    head.body = read_number<std::uint64_t>(rest);
    const auto entries = read_number<std::uint32_t>(rest);
    head.content_bytes = read_number<std::uint32_t>(rest);
    head.frame_bytes = read_number<std::uint32_t>(rest);
    head.frame_hash = read_number<std::uint64_t>(rest);
    if (rest.size() != entries * entry_bytes) return std::nullopt;
    head.entries.reserve(entries);
    while (!rest.empty())
        head.entries.push_back(decode_entry(rest));
    return head;
}

struct BlockCodec::Contexts {
    ZSTD_CCtx* compress = ZSTD_createCCtx();
    ZSTD_DCtx* decompress = ZSTD_createDCtx();

    Contexts() {
        if (compress == nullptr || decompress == nullptr) throw std::bad_alloc{};
        ZSTD_CCtx_setParameter(compress, ZSTD_c_compressionLevel, compression_level);
        ZSTD_CCtx_setParameter(compress, ZSTD_c_checksumFlag, 1);
    }
    ~Contexts() {
        ZSTD_freeCCtx(compress);
        ZSTD_freeDCtx(decompress);
    }
    Contexts(const Contexts&) = delete;
    Contexts& operator=(const Contexts&) = delete;
};

BlockCodec::BlockCodec() : m_contexts(std::make_unique<Contexts>()) {}
BlockCodec::~BlockCodec() = default;

std::string BlockCodec::write(BlockHead& head, std::string_view content, std::uint64_t chain) {
    std::string frame;
    if (!content.empty()) {
        frame.resize(ZSTD_compressBound(content.size()));
        const std::size_t size = ZSTD_compress2(m_contexts->compress, frame.data(), frame.size(),
                                                content.data(), content.size());
        if (ZSTD_isError(size) != 0)
            throw Error(fmt::format("cannot compress: {}", ZSTD_getErrorName(size)));
        frame.resize(size);
    }
    head.content_bytes = static_cast<std::uint32_t>(content.size());
    head.frame_bytes = static_cast<std::uint32_t>(frame.size());
    head.frame_hash = hash_of(frame);
    const std::string text = head_text(head);
    head.chain = hash_of(text, chain);
    std::string block;
    block.reserve(block_prefix_bytes + text.size() + chain_bytes + frame.size());
    put(block, skippable_frame);
    put(block, static_cast<std::uint32_t>(text.size() + chain_bytes));
    block += text;
    put(block, head.chain);
    block += frame;
    return block;
}

std::optional<std::string> BlockCodec::read(const BlockHead& head, std::string_view frame) {
    if (frame.size() != head.frame_bytes || hash_of(frame) != head.frame_hash) return std::nullopt;
    std::string content(head.content_bytes, '\0');
    if (frame.empty()) return content.empty() ? std::optional{content} : std::nullopt;
    const std::size_t size = ZSTD_decompressDCtx(m_contexts->decompress, content.data(),
                                                 content.size(), frame.data(), frame.size());
    if (size != content.size()) return std::nullopt;
    return content;
}

} // namespace tidemark
