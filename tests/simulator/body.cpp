#include "simulator/body.hpp"

#include "simulator/hash.hpp"

#include <utility>

namespace simulator {
namespace {

constexpr std::size_t piece_size = 128 * 1024;

} // namespace

Body text_body(std::string text) {
    return [text = std::move(text)](const Sink& sink) {
        if (!text.empty()) sink(text);
    };
}

std::string collect(const Body& body) {
    std::string text;
    body([&](std::string_view piece) {
        text += piece;
        return true;
    });
    return text;
}

std::uint64_t size_of(const Body& body) {
    std::uint64_t size = 0;
    body([&](std::string_view piece) {
        size += piece.size();
        return true;
    });
    return size;
}

std::uint64_t hash_of_body(const Body& body) {
    std::uint64_t hash = 0xCBF29CE484222325U; // FNV-1a
    body([&](std::string_view piece) {
        for (const char c : piece)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        return true;
    });
    return mix(hash);
}

PieceWriter::PieceWriter(const Sink& sink) : m_sink(sink) {
    m_text.reserve(piece_size + piece_size / 8);
}

bool PieceWriter::flush_when_full() {
    if (m_text.size() >= piece_size) flush();
    return m_alive;
}

void PieceWriter::flush() {
    if (m_alive && !m_text.empty()) m_alive = m_sink(m_text);
    m_text.clear();
}

} // namespace simulator
