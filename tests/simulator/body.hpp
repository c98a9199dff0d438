#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace simulator {

/// Takes the next piece of a body; false: nobody reads on.
using Sink = std::function<bool(std::string_view piece)>;

/// A body that is generated while it is sent: hands all of its pieces to the sink, until that
/// says false. Can be run again, and then says the same.
using Body = std::function<void(const Sink& sink)>;

Body text_body(std::string text);

/// The whole of it in memory.
std::string collect(const Body& body);

/// Its size, found by generating it.
std::uint64_t size_of(const Body& body);

/// The same for the same bytes, found by generating it.
std::uint64_t hash_of_body(const Body& body);

/// Gathers what is written into pieces of some size.
class PieceWriter {
public:
    explicit PieceWriter(const Sink& sink);

    /// What was written since the last flush: append to it.
    std::string& text() { return m_text; }

    /// Sends it on when there is enough. Returns false when nobody reads on.
    bool flush_when_full();
    void flush();

private:
    const Sink& m_sink;
    std::string m_text;
    bool m_alive = true;
};

} // namespace simulator
