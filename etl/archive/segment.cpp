#include "archive/segment.hpp"

#include "platform/files.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

std::string unreadable(const std::string& why) { return "it cannot be read: " + why; }

std::string part(std::ifstream& in, std::uint64_t at, std::size_t bytes) {
    std::string text(bytes, '\0');
    in.clear();
    in.seekg(static_cast<std::streamoff>(at));
    in.read(text.data(), static_cast<std::streamsize>(bytes));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

/// A walk over the blocks of one file.
class BlockScanner {
public:
    BlockScanner(std::ifstream in, const SegmentState& committed, std::uint64_t size)
        : m_in(std::move(in)), m_committed(committed), m_size(size) {
        m_scan.state.file = committed.file;
    }

    SegmentScan run(const BlockSink& sink) {
        SegmentState& state = m_scan.state;
        while (state.bytes < m_size) {
            auto head = next_head();
            if (!head) break;
            const std::uint64_t frame_at = m_frame_at;
            state.bytes = frame_at + head->frame_bytes;
            state.chain = head->chain;
            ++state.blocks;
            if (state.bytes == m_committed.bytes) m_met = state.chain == m_committed.chain;
            sink(std::move(*head), frame_at);
        }
        m_scan.torn = m_size - state.bytes;
        if (m_committed.bytes > 0 && !m_met) m_scan.fault = fault();
        return std::move(m_scan);
    }

private:
    /// The head of the next block; nullopt when there is no whole one.
    std::optional<BlockHead> next_head() {
        const std::uint64_t at = m_scan.state.bytes;
        const auto bytes = head_bytes_of(part(m_in, at, block_prefix_bytes));
        if (!bytes || m_size - at - block_prefix_bytes < *bytes) return std::nullopt;
        auto head = read_head(part(m_in, at + block_prefix_bytes, *bytes), m_scan.state.chain);
        m_frame_at = at + block_prefix_bytes + *bytes;
        if (!head || m_size - m_frame_at < head->frame_bytes) return std::nullopt;
        if (at >= m_committed.bytes &&
            hash_of(part(m_in, m_frame_at, head->frame_bytes)) != head->frame_hash)
            return std::nullopt;
        return head;
    }

    [[nodiscard]] std::string fault() const {
        if (m_size < m_committed.bytes)
            return fmt::format("it has {} bytes, and had {}", m_size, m_committed.bytes);
        if (m_scan.state.bytes >= m_committed.bytes)
            return "it is not the file that the manifest describes";
        return fmt::format("the block at byte {} is damaged", m_scan.state.bytes);
    }

    std::ifstream m_in;
    const SegmentState& m_committed;
    std::uint64_t m_size;
    std::uint64_t m_frame_at = 0;
    bool m_met = false; ///< the manifest's state was reached
    SegmentScan m_scan;
};

} // namespace

SegmentScan scan_segment(const std::filesystem::path& archive, const SegmentState& committed,
                         const BlockSink& sink) {
    const std::filesystem::path file = archive / committed.file;
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(file, error);
    if (error) {
        SegmentScan none;
        none.state.file = committed.file;
        none.is_missing = true;
        if (committed.bytes > 0) none.fault = unreadable(error.message());
        return none;
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        SegmentScan none;
        none.state.file = committed.file;
        none.fault = unreadable(error_words(errno));
        return none;
    }
    return BlockScanner(std::move(in), committed, size).run(sink);
}

std::string read_part(const std::filesystem::path& file, std::uint64_t at, std::size_t bytes) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    return part(in, at, bytes);
}

} // namespace tidemark
