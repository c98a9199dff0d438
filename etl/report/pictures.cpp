#include "report/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

std::string number(double value) { return fmt::format("{:.1f}", value); }

void put_rect(Html& html, double x, double y, double width, double height,
              std::string_view css_class) {
    html.put_empty("rect", {{"x", number(x)},
                            {"y", number(y)},
                            {"width", number(std::max(width, 0.0))},
                            {"height", number(std::max(height, 0.0))},
                            {"class", std::string{css_class}}});
}

void put_line(Html& html, double x1, double y1, double x2, double y2, std::string_view css_class) {
    html.put_empty("line", {{"x1", number(x1)},
                            {"y1", number(y1)},
                            {"x2", number(x2)},
                            {"y2", number(y2)},
                            {"class", std::string{css_class}}});
}

void put_label(Html& html, double x, double y, std::string_view anchor, std::string_view text) {
    html.put("text", {{"x", number(x)}, {"y", number(y)}, {"text-anchor", std::string{anchor}}},
             text);
}

Html::Attributes svg_attributes(double width, double height, const std::string& css_class,
                                const std::string& label) {
    Html::Attributes attributes{{"viewBox", fmt::format("0 0 {} {}", width, height)},
                                {"width", fmt::format("{}", width)},
                                {"height", fmt::format("{}", height)},
                                {"class", css_class}};
    if (label.empty()) {
        attributes.emplace_back("aria-hidden", "true"); // the row beside it says the same
    } else {
        attributes.emplace_back("role", "img");
        attributes.emplace_back("aria-label", label);
    }
    return attributes;
}

/// The first characters of a name that is too long for its place.
std::string shortened(const std::string& name) {
    constexpr std::size_t longest = 28;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(name[i]) & 0xC0U) != 0x80U;
        if (begins && ++characters > longest) return name.substr(0, i) + "…";
    }
    return name;
}

/// Where moments stand on a picture.
class TimeAxis {
public:
    TimeAxis(const std::vector<Lane>& lanes, double left, double right)
        : m_left(left), m_right(right) {
        m_from = lanes.front().spans.front().from;
        m_to = m_from;
        for (const Lane& lane : lanes) {
            for (const Span& span : lane.spans) {
                m_from = std::min(m_from, span.from);
                m_to = std::max(m_to, span.to);
            }
        }
        m_from = std::chrono::floor<std::chrono::hours>(m_from);
        m_to = std::chrono::ceil<std::chrono::hours>(m_to + std::chrono::minutes{1});
    }

    [[nodiscard]] double place(Timestamp moment) const {
        const std::chrono::duration<double> since = moment - m_from;
        const std::chrono::duration<double> whole = m_to - m_from;
        return m_left + (m_right - m_left) * since.count() / whole.count();
    }

    /// The moments to name: twelve at most.
    [[nodiscard]] std::vector<Timestamp> ticks() const {
        std::chrono::minutes step{15};
        while ((m_to - m_from) / step > 12)
            step *= 2;
        std::vector<Timestamp> ticks;
        for (Timestamp tick = m_from; tick <= m_to; tick += step)
            ticks.push_back(tick);
        return ticks;
    }

private:
    Timestamp m_from;
    Timestamp m_to;
    double m_left;
    double m_right;
};

void put_span(Html& html, const TimeAxis& axis, const Span& span, double y) {
    constexpr double narrowest = 2;
    const double x = axis.place(span.from);
    const double width = std::max(axis.place(span.to) - x, narrowest);
    const auto group = html.in("g");
    html.put("title", span.tooltip);
    put_rect(html, x, y, width, 14, span.css_class);
}

} // namespace

void put_timeline(Html& html, const std::string& label, const std::vector<Lane>& lanes,
                  const Moments& moments) {
    constexpr double width = 960;
    constexpr double left = 200;
    constexpr double top = 24;
    constexpr double lane_height = 22;
    const double bottom = top + lane_height * static_cast<double>(lanes.size());
    const TimeAxis axis(lanes, left, width - 24);
    const auto scrolled = html.in(
        "div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", label}});
    const auto svg = html.in("svg", svg_attributes(width, bottom + 6, "chart", label));
    for (const Timestamp tick : axis.ticks()) {
        const double x = axis.place(tick);
        put_line(html, x, top - 4, x, bottom, "grid");
        put_label(html, x, top - 9, "middle", moments.clock(tick));
    }
    double y = top;
    for (const Lane& lane : lanes) {
        put_label(html, left - 10, y + 15, "end", shortened(lane.name));
        for (const Span& span : lane.spans)
            put_span(html, axis, span, y + 4);
        y += lane_height;
    }
}

void put_day_columns(Html& html, const std::string& label, const std::vector<DayCounts>& days) {
    constexpr double width = 960;
    constexpr double left = 48;
    constexpr double top = 12;
    constexpr double height = 140;
    std::int64_t most = 1;
    for (const DayCounts& day : days)
        most = std::max(most, day.completed + day.failed + day.other);
    const auto scrolled = html.in(
        "div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", label}});
    const auto svg = html.in("svg", svg_attributes(width, top + height + 26, "chart", label));
    const double base = top + height;
    put_line(html, left, base, width, base, "grid");
    put_line(html, left, top, width, top, "grid");
    put_label(html, left - 8, base + 4, "end", "0");
    put_label(html, left - 8, top + 4, "end", fmt::format("{}", most));
    const double step = (width - left) / static_cast<double>(days.size());
    for (std::size_t i = 0; i < days.size(); ++i) {
        const DayCounts& day = days[i];
        const double x = left + step * static_cast<double>(i) + step * 0.15;
        const auto group = html.in("g");
        html.put("title", fmt::format("{}: {} completed, {} failed, {} other", short_day(day.day),
                                      day.completed, day.failed, day.other));
        double y = base;
        const std::array<std::pair<std::int64_t, std::string_view>, 3> parts = {
            {{day.failed, "bad"}, {day.other, "doubtful"}, {day.completed, "good"}}};
        for (const auto& [count, css_class] : parts) {
            if (count == 0) continue;
            const double tall = height * static_cast<double>(count) / static_cast<double>(most);
            y -= tall;
            put_rect(html, x, y, step * 0.7, tall, css_class);
        }
        if (i % 5 == 0) put_label(html, x + step * 0.35, base + 18, "middle", short_day(day.day));
    }
}

void put_sparkline(Html& html, const std::vector<std::optional<double>>& values, double level) {
    constexpr double width = 180;
    constexpr double height = 30;
    double most = level;
    for (const auto& value : values)
        most = std::max(most, value.value_or(0));
    if (most <= 0) most = 1;
    const auto y_of = [&](double value) { return height - 3 - (height - 6) * value / most; };
    const double step = width / static_cast<double>(std::max<std::size_t>(values.size(), 1));
    const auto svg = html.in("svg", svg_attributes(width, height, "spark", ""));
    if (level > 0) put_line(html, 0, y_of(level), width, y_of(level), "level");
    std::string points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        const double x = step * (static_cast<double>(i) + 0.5);
        points +=
            fmt::format("{}{},{}", points.empty() ? "" : " ", number(x), number(y_of(*values[i])));
        if (i + 1 == values.size()) put_rect(html, x - 2, y_of(*values[i]) - 2, 4, 4, "last");
    }
    html.put_empty("polyline", {{"points", points}});
}

void put_age_bar(Html& html, std::optional<double> age, std::optional<double> limit,
                 std::optional<double> usual, std::string_view css_class) {
    constexpr double width = 120;
    const double mark = limit.value_or(usual.value_or(age.value_or(1)));
    const double scale = width / (std::max(mark, 0.01) * 2); // a mark stands in the middle
    const auto place = [&](double hours) { return std::min(hours * scale, width - 1); };
    const auto svg = html.in("svg", svg_attributes(width, 16, "age", ""));
    put_rect(html, 0, 4, width, 8, "track");
    if (age) put_rect(html, 0, 4, std::max(place(*age), 1.0), 8, css_class);
    if (usual) put_line(html, place(*usual), 2, place(*usual), 14, "level");
    if (limit) put_line(html, place(*limit), 0, place(*limit), 16, "limit");
}

} // namespace tidemark
