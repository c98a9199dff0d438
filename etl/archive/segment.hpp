#pragma once

#include "archive/block.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace tidemark {

/// How far a file of an archive is known to be whole.
struct SegmentState {
    std::string file; ///< within the archive, with '/'
    std::uint64_t bytes = 0;
    std::uint64_t blocks = 0;
    std::uint64_t chain = 0; ///< of the last block

    bool operator==(const SegmentState&) const = default;
};

/// What a look through a file found.
struct SegmentScan {
    SegmentState state;      ///< of its whole blocks
    std::uint64_t torn = 0;  ///< bytes behind them: a write that was cut off
    std::string fault;       ///< what is damaged of what was committed, and where; empty: nothing
    bool is_missing = false; ///< there is no such file
};

/// Is given each block's head and where its frame begins.
using BlockSink = std::function<void(BlockHead&& head, std::uint64_t frame_at)>;

/// Reads the heads of a file's blocks. `committed` is what the manifest says of it, its name at
/// least. What is damaged within that is a fault; what stands behind it counts as far as it is
/// whole. Frames are not read, unless they stand behind it.
SegmentScan scan_segment(const std::filesystem::path& archive, const SegmentState& committed,
                         const BlockSink& sink);

/// Part of a file; less than that when the file ends before.
std::string read_part(const std::filesystem::path& file, std::uint64_t at, std::size_t bytes);

} // namespace tidemark
