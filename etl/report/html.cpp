#include "report/html.hpp"

#include "text/terminal.hpp"
#include "text/utf8.hpp"

namespace tidemark {

Html::Open::~Open() { m_html.m_page.append("</").append(m_tag).append(">"); }

void Html::append(std::string_view text) {
    m_page += with_entities(printable_lines(valid_utf8(text)), "&<>\"'");
}

void Html::begin(std::string_view tag, const Attributes& attributes) {
    m_page.append("<").append(tag);
    for (const auto& [name, value] : attributes) {
        m_page.append(" ").append(name).append("=\"");
        append(value);
        m_page += '"';
    }
}

Html::Open Html::in(std::string_view tag, const Attributes& attributes) {
    begin(tag, attributes);
    m_page += '>';
    return {*this, tag};
}

void Html::put(std::string_view tag, const Attributes& attributes, std::string_view text) {
    const auto element = in(tag, attributes);
    append(text);
}

void Html::put_empty(std::string_view tag, const Attributes& attributes) {
    begin(tag, attributes);
    m_page += "/>";
}

void Html::text(std::string_view text) { append(text); }

namespace {

void put_cell(Html& html, std::string_view tag, Html::Attributes attributes, const Cell& cell) {
    if (!cell.css_class.empty()) attributes.emplace_back("class", cell.css_class);
    html.put(tag, attributes, cell.text);
}

} // namespace

void put_table(Html& html, std::string_view caption, const std::vector<std::string>& heads,
               const std::vector<std::vector<Cell>>& rows) {
    const auto scrolled = html.in("div", {{"class", "wide"},
                                          {"tabindex", "0"},
                                          {"role", "group"},
                                          {"aria-label", std::string{caption}}});
    const auto table = html.in("table");
    html.put("caption", caption);
    {
        const auto head = html.in("thead");
        const auto row = html.in("tr");
        for (std::size_t i = 0; i < heads.size(); ++i) {
            // a column is headed as its first cell looks
            const bool number = !rows.empty() && rows.front().at(i).css_class == "number";
            put_cell(html, "th", {{"scope", "col"}}, {heads[i], number ? "number" : ""});
        }
    }
    const auto body = html.in("tbody");
    for (const auto& cells : rows) {
        const auto row = html.in("tr");
        put_cell(html, "th", {{"scope", "row"}}, cells.front());
        for (std::size_t i = 1; i < cells.size(); ++i)
            put_cell(html, "td", {}, cells[i]);
    }
}

} // namespace tidemark
