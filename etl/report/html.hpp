#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

/// Writes HTML, and the SVG within it, that is well-formed XML too: whatever is opened is closed,
/// and every text and value is escaped, with what a terminal would obey made visible.
class Html {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    /// An element that is open as long as this lives.
    class Open {
    public:
        Open(Html& html, std::string_view tag) : m_html(html), m_tag(tag) {}
        ~Open();
        Open(const Open&) = delete;
        Open& operator=(const Open&) = delete;

    private:
        Html& m_html;
        std::string_view m_tag;
    };

    /// `tag` must outlive the element: a literal.
    [[nodiscard]] Open in(std::string_view tag, const Attributes& attributes = {});

    /// An element that holds a text alone.
    void put(std::string_view tag, std::string_view text) { put(tag, {}, text); }
    void put(std::string_view tag, const Attributes& attributes, std::string_view text);

    /// An element that holds nothing, such as `meta` or `rect`.
    void put_empty(std::string_view tag, const Attributes& attributes);

    void text(std::string_view text);

    /// What stands in `style`, which knows no escapes: only for text of our own.
    void raw(std::string_view own) { m_page += own; }

    [[nodiscard]] const std::string& page() const { return m_page; }

private:
    void begin(std::string_view tag, const Attributes& attributes);
    void append(std::string_view text);

    std::string m_page;
};

/// A cell of a table: its text, and the classes of its look: `number`, `time`, `good`, `bad`,
/// `doubtful`.
struct Cell {
    std::string text;
    std::string_view css_class{};
};

/// A table that can be scrolled sideways where it is too wide; the first cell of each row heads it.
void put_table(Html& html, std::string_view caption, const std::vector<std::string>& heads,
               const std::vector<std::vector<Cell>>& rows);

} // namespace tidemark
