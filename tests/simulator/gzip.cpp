#include "simulator/gzip.hpp"

#include <zlib.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace simulator {
namespace {

constexpr int gzip_window = 15 + 16; // zlib's way of saying: with gzip's header

/// A stream of compressed bytes into a sink.
class Compressor {
public:
    explicit Compressor(const Sink& sink) : m_sink(sink) {
        if (deflateInit2(&m_stream, 1, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::runtime_error("cannot start to compress");
        }
    }
    ~Compressor() { deflateEnd(&m_stream); }
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;

    bool write(std::string_view text, int flush) {
        std::string input{text}; // zlib's interface does not know const
        m_stream.next_in = reinterpret_cast<Bytef*>(input.data());
        m_stream.avail_in = static_cast<uInt>(input.size());
        do {
            m_stream.next_out = reinterpret_cast<Bytef*>(m_output.data());
            m_stream.avail_out = static_cast<uInt>(m_output.size());
            deflate(&m_stream, flush);
            const std::size_t size = m_output.size() - m_stream.avail_out;
            if (size > 0 && !m_sink({m_output.data(), size})) return false;
        } while (m_stream.avail_out == 0);
        return true;
    }

private:
    const Sink& m_sink;
    z_stream m_stream{};
    std::array<char, 64 * 1024> m_output;
};

} // namespace

Body gzipped(Body body) {
    return [body = std::move(body)](const Sink& sink) {
        Compressor compressor{sink};
        bool alive = true;
        body([&](std::string_view piece) {
            alive = compressor.write(piece, Z_NO_FLUSH);
            return alive;
        });
        if (alive) compressor.write({}, Z_FINISH);
    };
}

} // namespace simulator
