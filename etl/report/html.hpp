#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

/// Writes HTML and SVG that is also well-formed XML: all elements are closed, and all texts and
/// values are escaped; control characters become visible.
class Html {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    /// An open element; the destructor closes it.
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

    /// `tag` must outlive the element; use a literal.
    [[nodiscard]] Open in(std::string_view tag, const Attributes& attributes = {});

    /// An element that contains only text.
    void put(std::string_view tag, std::string_view text) { put(tag, {}, text); }
    void put(std::string_view tag, const Attributes& attributes, std::string_view text);

    /// An element without content, such as `meta` or `rect`.
    void put_empty(std::string_view tag, const Attributes& attributes);

    void text(std::string_view text);

    /// Appends text without escaping, for the content of `style`. Only for constants of this
    /// program.
    void raw(std::string_view own) { m_page += own; }

    [[nodiscard]] const std::string& page() const { return m_page; }

private:
    void begin(std::string_view tag, const Attributes& attributes);
    void append(std::string_view text);

    std::string m_page;
};

/// A cell of a table: its text and its CSS classes: `number`, `time`, `good`, `bad`, `doubtful`.
struct Cell {
    std::string text;
    std::string_view css_class{};
};

/// A table that scrolls sideways when it is too wide. The first cell of each row is its header.
void put_table(Html& html, std::string_view caption, const std::vector<std::string>& heads,
               const std::vector<std::vector<Cell>>& rows);

} // namespace tidemark
