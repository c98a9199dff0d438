#include "archive/series.hpp"

#include "error.hpp"
#include "platform/descriptor.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t block_content_bytes = 1U << 20U;
constexpr std::size_t held_blocks = 4;

std::string segment_name(const std::string& folder, std::size_t number) {
    return fmt::format("{}/{:06}.zst", folder, number);
}

} // namespace

SeriesIndex::SeriesIndex(std::filesystem::path archive, std::string folder,
                         const std::vector<SegmentState>& committed)
    : m_archive(std::move(archive)), m_folder(std::move(folder)) {
    for (std::size_t number = 1;; ++number) {
        SegmentState known{.file = segment_name(m_folder, number)};
        if (number <= committed.size()) known = committed[number - 1];
        const auto segment = static_cast<std::uint32_t>(number - 1);
        SegmentScan scan =
            scan_segment(m_archive, known, [&](BlockHead&& head, std::uint64_t frame_at) {
                for (const BlockEntry& entry : head.entries)
                    add(entry, head.body);
                close_block(std::move(head), segment, frame_at);
            });
        if (!scan.fault.empty() && m_fault.empty())
            m_fault = damaged(m_archive, known.file, scan.fault);
        if (scan.is_missing && number > committed.size()) return;
        m_segments.push_back(std::move(scan.state));
    }
}

std::vector<std::uint32_t> SeriesIndex::newest(const Guid& id) const {
    std::vector<std::uint32_t> places;
    const auto found = m_newest.find(id);
    if (found == m_newest.end()) return places;
    const std::uint64_t body = m_versions[found->second].body;
    for (std::uint32_t at = found->second; at != no_place && m_versions[at].body == body;
         at = m_versions[at].older)
        places.push_back(at);
    return places;
}

std::optional<std::uint32_t> SeriesIndex::find(const Guid& id, std::uint64_t hash) const {
    const auto found = m_newest.find(id);
    if (found == m_newest.end()) return std::nullopt;
    for (std::uint32_t at = found->second; at != no_place; at = m_versions[at].older) {
        if (m_versions[at].hash == hash) return at;
    }
    return std::nullopt;
}

void SeriesIndex::add(const BlockEntry& entry, std::uint64_t body) {
    Version version{
        .id = entry.id, .hash = entry.hash, .body = body, .imported = joins(entry.kind)};
    if (is_repetition(entry.kind)) {
        if (const auto same = find(entry.id, entry.hash)) {
            version.block = m_versions[*same].block;
            version.offset = m_versions[*same].offset;
            version.bytes = m_versions[*same].bytes;
        }
    } else {
        version.block = static_cast<std::uint32_t>(m_blocks.size());
        version.offset = m_offset;
        version.bytes = entry.bytes;
        m_offset += entry.bytes + 1; // and a line break
    }
    const auto [newest, is_new] =
        m_newest.try_emplace(entry.id, static_cast<std::uint32_t>(m_versions.size()));
    if (!is_new) {
        version.older = newest->second;
        if (joins(entry.kind)) version.body = m_versions[newest->second].body;
        newest->second = static_cast<std::uint32_t>(m_versions.size());
    }
    m_versions.push_back(version);
}

void SeriesIndex::close_block(BlockHead head, std::uint32_t segment, std::uint64_t frame_at) {
    m_last_body = std::max(m_last_body, head.body);
    m_offset = 0;
    head.entries = {};
    m_blocks.push_back({segment, frame_at, std::move(head)});
}

void SeriesIndex::set_segment(std::uint32_t segment, SegmentState state) {
    if (segment == m_segments.size()) m_segments.emplace_back();
    m_segments[segment] = std::move(state);
}

std::string_view SeriesReader::read(const Version& version) {
    if (version.block == no_place)
        throw Error(
            damaged(m_index.archive(), m_index.folder(),
                    fmt::format("the bytes of execution '{}' are not there", to_text(version.id))));
    const std::string_view text = content(version.block);
    const std::string_view json =
        text.substr(std::min<std::size_t>(version.offset, text.size()), version.bytes);
    if (json.size() == version.bytes && hash_of(json) == version.hash) return json;
    const auto& block = m_index.blocks()[version.block];
    throw Error(damaged(m_index.archive(), m_index.segments()[block.segment].file,
                        fmt::format("execution '{}' is not what was kept", to_text(version.id))));
}

const std::string& SeriesReader::content(std::uint32_t number) {
    for (const auto& [block, text] : m_contents) {
        if (block == number) return text;
    }
    const SeriesIndex::Block& block = m_index.blocks()[number];
    const std::string& file = m_index.segments()[block.segment].file;
    auto text = m_codec.read(
        block.head, read_part(m_index.archive() / file, block.frame_at, block.head.frame_bytes));
    if (!text) {
        throw Error(
            damaged(m_index.archive(), file,
                    fmt::format("the content at byte {} is not what was written", block.frame_at)));
    }
    if (m_contents.size() == held_blocks) m_contents.pop_back();
    return m_contents.emplace_front(number, std::move(*text)).second;
}

SeriesWriter::SeriesWriter(SeriesIndex index, BlockCodec& codec, std::uint64_t now,
                           std::uint64_t segment_bytes)
    : m_index(std::move(index)),
      m_codec(codec),
      m_body(std::max(now, m_index.last_body() + 1)),
      m_segment_bytes(segment_bytes) {
    if (!m_index.fault().empty()) throw Error(m_index.fault());
}

void SeriesWriter::keep(const Guid& id, std::string_view json, Arrival arrival) {
    const std::uint64_t hash = hash_of(json);
    const auto& versions = m_index.versions();
    const auto newest = m_index.newest(id);
    if (arrival == Arrival::imported) {
        if (!m_index.find(id, hash)) add(id, hash, json, true);
        return;
    }
    const bool same = std::any_of(newest.begin(), newest.end(),
                                  [&](std::uint32_t at) { return versions[at].hash == hash; });
    const bool is_written = !newest.empty() && versions[newest.front()].body == m_body;
    if (same && is_written) return;
    if (same) {
        auto& seen = m_seen[id];
        if (std::find(seen.begin(), seen.end(), hash) == seen.end()) seen.push_back(hash);
        return;
    }
    if (const auto seen = m_seen.find(id); seen != m_seen.end() && !is_written) {
        for (const std::uint64_t earlier : seen->second)
            add(id, earlier, {}, false);
    }
    add(id, hash, json, false);
}

void SeriesWriter::add(const Guid& id, std::uint64_t hash, std::string_view json, bool joined) {
    BlockEntry entry{.id = id, .hash = hash};
    if (m_index.find(id, hash)) {
        entry.kind = joined ? VersionKind::joined_repetition : VersionKind::repetition;
    } else {
        if (!m_content.empty() && m_content.size() + json.size() > block_content_bytes)
            write_block();
        entry.kind = joined ? VersionKind::joined_content : VersionKind::content;
        entry.bytes = static_cast<std::uint32_t>(json.size());
        m_content += json;
        m_content += '\n';
    }
    m_index.add(entry, m_body);
    m_entries.push_back(entry);
    ++m_added;
}

void SeriesWriter::flush() {
    const bool was_ever_read = !m_index.blocks().empty();
    if (!m_entries.empty() || !was_ever_read) write_block();
    if (!m_is_synced) m_file->sync();
    m_is_synced = true;
}

void SeriesWriter::write_block() {
    open_file();
    const auto segment = static_cast<std::uint32_t>(m_index.segments().size() - 1);
    SegmentState state = m_index.segments()[segment];
    BlockHead head{.body = m_body, .entries = std::move(m_entries)};
    const std::string block = m_codec.write(head, m_content, state.chain);
    const bool is_first = state.bytes == 0;
    m_is_synced = false;
    m_file->append(block);
    if (is_first) sync_folder(m_index.archive() / m_index.folder());
    state.bytes += block.size();
    state.chain = head.chain;
    ++state.blocks;
    const std::uint64_t frame_at = state.bytes - head.frame_bytes;
    m_index.close_block(std::move(head), segment, frame_at);
    m_index.set_segment(segment, std::move(state));
    m_entries.clear();
    m_content.clear();
}

/// The file that the next block goes to.
void SeriesWriter::open_file() {
    const auto& segments = m_index.segments();
    const bool is_full = segments.empty() || segments.back().bytes >= m_segment_bytes;
    if (m_file && !is_full) return;
    if (!m_is_synced) m_file->sync();
    if (is_full) {
        create_private_folder(m_index.archive() / m_index.folder());
        sync_folder((m_index.archive() / m_index.folder()).parent_path());
        m_index.set_segment(static_cast<std::uint32_t>(segments.size()),
                            {.file = segment_name(m_index.folder(), segments.size() + 1)});
    }
    m_file.emplace(m_index.archive() / m_index.segments().back().file);
    const std::uint64_t whole = m_index.segments().back().bytes;
    if (m_file->size() > whole) m_file->cut(whole); // a write that was cut off
}

void SeriesWriter::end(bool whole) {
    for (const auto& [id, seen] : whole ? m_seen : decltype(m_seen){}) {
        const auto newest = m_index.newest(id);
        if (m_index.versions()[newest.front()].body == m_body || seen.size() == newest.size())
            continue;
        for (const std::uint64_t hash : seen)
            add(id, hash, {}, false);
    }
    if (whole || !m_index.versions().empty()) flush();
}

} // namespace tidemark
