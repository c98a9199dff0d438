#pragma once

#include "archive/block.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace tidemark {

/// The committed part of a file of an archive.
struct SegmentState {
    std::string file; ///< within the archive, with '/'
    std::uint64_t bytes = 0;
    std::uint64_t blocks = 0;
    std::uint64_t chain = 0; ///< of the last block

    bool operator==(const SegmentState&) const = default;
};

/// The result of scanning a file.
struct SegmentScan {
    SegmentState state;      ///< of its whole blocks
    std::uint64_t torn = 0;  ///< bytes after them: an interrupted write
    std::string fault;       ///< damage in the committed part and its place; empty: none
    bool is_missing = false; ///< the file does not exist
};

/// Called with the head of each block and the offset of its frame.
using BlockSink = std::function<void(BlockHead&& head, std::uint64_t frame_at)>;

/// Reads the heads of a file's blocks. `committed` is the entry of the manifest, at least with the
/// file's name. Damage in the committed part is a fault. Blocks after it count as long as they are
/// intact; only their frames are read.
SegmentScan scan_segment(const std::filesystem::path& archive, const SegmentState& committed,
                         const BlockSink& sink);

/// Reads a part of a file; less when the file ends before.
std::string read_part(const std::filesystem::path& file, std::uint64_t at, std::size_t bytes);

} // namespace tidemark
