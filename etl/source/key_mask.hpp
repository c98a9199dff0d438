#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The ways in which JSON may show a secret: as it is, and with the escapes that common encoders
/// write (`\/` for '/', `\u002B` for '+').
std::vector<std::string> spellings_in_json(const std::string& secret);

/// `text` with each of the secrets replaced by `***`, also where JSON escapes it.
std::string redacted(std::string text, const std::vector<std::string>& secrets);

/// Masks the API key in a body that shows it, wherever the body is cut: a server that echoes it
/// must not have it stored. A key of a few letters may be a word of the body's own, and stays.
class KeyMask {
public:
    using Sink = std::function<bool(std::string_view)>;

    KeyMask(const std::string& key, Sink sink);

    /// Passes the bytes on, but for an end of theirs that may be the beginning of the key. Returns
    /// what the sink returns.
    bool feed(std::string_view chunk);

    /// Passes on what is left.
    void finish();

private:
    /// How many bytes at the end of the text may be the beginning of the key.
    [[nodiscard]] std::size_t begun_key(std::string_view text) const;

    std::vector<std::string> m_spellings; ///< empty: nothing is masked
    std::string m_beginning;              ///< that they share
    Sink m_sink;
    std::string m_held;
    bool m_enough = false;
};

} // namespace tidemark
