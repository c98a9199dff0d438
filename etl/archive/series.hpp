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

/// One version of an execution, and where its bytes stand.
struct Version {
    Guid id;
    std::uint64_t hash = 0;
    std::uint64_t body = 0;         ///< which body it came in; the greatest are the newest
    std::uint32_t block = no_place; ///< no_place: its bytes are not there
    std::uint32_t offset = 0;       ///< in the block's content
    std::uint32_t bytes = 0;
    std::uint32_t older = no_place; ///< the version of the same execution before it
    bool imported = false;
};

/// All versions that the files of one folder hold, in the order in which they came. It holds some
/// 100 bytes for each. An execution's newest versions are those of the last body that held it: two
/// where that body had two.
class SeriesIndex {
public:
    /// Reads the heads of the files: those of the manifest, and what follows them.
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

    /// What is damaged, as `damaged` says it; empty: nothing that was looked at.
    [[nodiscard]] const std::string& fault() const { return m_fault; }

    /// Places of the execution's newest versions in `versions()`, the later first.
    [[nodiscard]] std::vector<std::uint32_t> newest(const Guid& id) const;

    /// A version with these bytes, however old.
    [[nodiscard]] std::optional<std::uint32_t> find(const Guid& id, std::uint64_t hash) const;

    [[nodiscard]] std::uint64_t last_body() const { return m_last_body; }

    /// Takes what a block is to hold, which will be the next one, entry by entry.
    void add(const BlockEntry& entry, std::uint64_t body);

    /// The block was written, behind these.
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

/// Gives the bytes of versions; holds a few blocks.
class SeriesReader {
public:
    /// Both outlive the reader.
    SeriesReader(const SeriesIndex& index, BlockCodec& codec) : m_index(index), m_codec(codec) {}

    /// Valid until the next call. Throws Error when they are damaged.
    std::string_view read(const Version& version);

private:
    const std::string& content(std::uint32_t block);

    const SeriesIndex& m_index;
    BlockCodec& m_codec;
    std::deque<std::pair<std::uint32_t, std::string>> m_contents; ///< the last ones first
};

/// How a version comes to be kept.
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

    /// The body's end. `whole`: it was read to its end, so what it does not hold, it had not. A
    /// job whose whole body was empty has files too.
    void end(bool whole);

    /// How many versions it has written or is about to.
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
    bool m_is_synced = true;           ///< what was written of it is on the disk
    std::int64_t m_added = 0;
    /// Hashes that this body has shown of an execution before anything of it was written.
    std::unordered_map<Guid, std::vector<std::uint64_t>> m_seen;
};

} // namespace tidemark
