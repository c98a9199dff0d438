#pragma once

#include "archive/manifest.hpp"
#include "archive/segment.hpp"
#include "platform/durable_file.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tidemark {

constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

/// A version of an execution, and the place of its bytes.
struct Version {
    Guid id;
    std::uint64_t hash = 0;
    std::uint64_t body = 0;         ///< its body; a greater number is newer
    std::uint32_t block = no_place; ///< no_place: its bytes are missing
    std::uint32_t offset = 0;       ///< in the block's content
    std::uint32_t bytes = 0;
    std::uint32_t older = no_place; ///< the previous version of this execution
    bool imported = false;
};

/// All versions in the files of one folder, in the order in which they arrived. It needs about 100
/// bytes of memory for each. The newest versions of an execution are those in the last body with
/// this execution; there are two when that body had two.
class SeriesIndex {
public:
    /// Reads the heads of the files in the manifest, and those of later files.
    SeriesIndex(std::filesystem::path archive, std::string folder,
                const std::vector<SegmentState>& committed);

    struct Block {
        std::uint32_t segment = 0;
        std::uint64_t frame_at = 0;
        BlockHead head; ///< without its entries
    };

    [[nodiscard]] const std::filesystem::path& archive() const { return m_archive; }
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] const std::vector<Version>& versions() const { return m_versions; }
    [[nodiscard]] const std::vector<Block>& blocks() const { return m_blocks; }
    [[nodiscard]] const std::vector<SegmentState>& segments() const { return m_segments; }
    [[nodiscard]] std::size_t executions() const { return m_newest.size(); }

    /// The error text for damage that was found, see `damaged`; empty for none.
    [[nodiscard]] const std::string& fault() const { return m_fault; }

    /// Indices of the execution's newest versions in `versions()`, the last first.
    [[nodiscard]] std::vector<std::uint32_t> newest(const Guid& id) const;

    /// The index of a version with this hash, however old.
    [[nodiscard]] std::optional<std::uint32_t> find(const Guid& id, std::uint64_t hash) const;

    [[nodiscard]] std::uint64_t last_body() const { return m_last_body; }

    /// Adds an entry of the next block.
    void add(const BlockEntry& entry, std::uint64_t body);

    /// Records that the block with the added entries was written.
    void close_block(BlockHead head, std::uint32_t segment, std::uint64_t frame_at);
    void set_segment(std::uint32_t segment, SegmentState state);

private:
    std::filesystem::path m_archive;
    std::string m_folder;
    std::vector<Version> m_versions;
    std::vector<Block> m_blocks;
    std::vector<SegmentState> m_segments;
    std::unordered_map<Guid, std::uint32_t> m_newest;
    std::uint64_t m_last_body = 0;
    std::uint32_t m_offset = 0; ///< in the content of the next block
    std::string m_fault;
};

/// Reads the bytes of versions, and caches a few blocks.
class SeriesReader {
public:
    /// Both must outlive the reader.
    SeriesReader(const SeriesIndex& index, BlockCodec& codec) : m_index(index), m_codec(codec) {}

    /// The bytes of a version, valid until the next call. Throws Error when they are damaged.
    std::string_view read(const Version& version);

private:
    const std::string& content(std::uint32_t block);

    const SeriesIndex& m_index;
    BlockCodec& m_codec;
    std::deque<std::pair<std::uint32_t, std::string>> m_contents; ///< the last ones first
};

/// How a version arrives in the archive.
enum class Arrival {
    synced,   ///< it is newer than what is there
    imported, ///< of a body saved at some time: it may be older
};

/// Adds one body to a job's files. What does not differ from the execution's newest version is not
/// written again. Whatever throws leaves the writer of no more use, and the files whole.
class SeriesWriter {
public:
    /// `now`, in microseconds since 1970, names the body. Throws Error when a file is damaged. The
    /// codec outlives the writer.
    SeriesWriter(SeriesIndex index, BlockCodec& codec, std::uint64_t now,
                 std::uint64_t segment_bytes);

    void keep(const Guid& id, std::string_view json, Arrival arrival = Arrival::synced);

    /// What was kept is on the disk when it returns. Throws Error.
    void flush();

    /// Ends the body. `whole`: it was read to its end, so executions that are not in it were gone.
    /// Creates a file even for a whole body that was empty.
    void end(bool whole);

    /// The number of versions that were written or will be.
    [[nodiscard]] std::int64_t added() const { return m_added; }
    [[nodiscard]] const SeriesIndex& index() const { return m_index; }

private:
    void add(const Guid& id, std::uint64_t hash, std::string_view json, bool joins);
    void write_block();
    void open_file();

    SeriesIndex m_index;
    BlockCodec& m_codec;
    std::uint64_t m_body;
    std::uint64_t m_segment_bytes;
    std::vector<BlockEntry> m_entries; ///< of the block under way
    std::string m_content;
    std::optional<DurableFile> m_file; ///< the last one
    bool m_is_synced = true;           ///< all written bytes are on the disk
    std::int64_t m_added = 0;
    /// Hashes that this body has shown of an execution before anything of it was written.
    std::unordered_map<Guid, std::vector<std::uint64_t>> m_seen;
};

} // namespace tidemark
