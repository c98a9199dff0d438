#include "monitoring/alert_news.hpp"

#include "text/entities.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Subject = std::pair<std::string, std::string>; ///< of a kind

Subject subject_of(const AlertCondition& condition) { return {condition.kind, condition.subject}; }
Subject subject_of(const AlertRow& row) { return {row.kind, row.subject}; }

/// Each subject once, its first text.
std::map<Subject, AlertCondition> by_subject(const std::vector<AlertCondition>& conditions) {
    std::map<Subject, AlertCondition> found;
    for (const AlertCondition& condition : conditions)
        found.try_emplace(subject_of(condition), condition);
    return found;
}

/// Those that go on, as far as is known.
std::map<Subject, AlertRow> open_alerts(const std::vector<AlertRow>& rows) {
    std::map<Subject, AlertRow> open;
    for (const AlertRow& row : rows) {
        if (!row.ended_at) open.emplace(subject_of(row), row);
    }
    return open;
}

/// Slack takes these three for markup.
std::string slack_escaped(std::string_view text) { return with_entities(text, "&<>"); }

Json plain_body(const AlertNews& news, std::string_view organisation) {
    Json alerts = Json::array();
    for (const AlertCondition& begun : news.begun) {
        alerts.push_back({{"event", "began"},
                          {"kind", begun.kind},
                          {"subject", begun.subject},
                          {"text", begun.text}});
    }
    for (const AlertRow& ended : news.ended) {
        alerts.push_back({{"event", "ended"},
                          {"kind", ended.kind},
                          {"subject", ended.subject},
                          {"text", ended.text},
                          {"began_at_utc", to_text(ended.began_at)}});
    }
    return {{"program", "tidemark"}, {"organisation", organisation}, {"alerts", std::move(alerts)}};
}

/// A text run of a card is shown as it is: a text block would read what a message says as markup.
Json teams_block(std::string_view text, bool is_heading) {
    return {{"type", "RichTextBlock"},
            {"inlines", Json::array({{{"type", "TextRun"},
                                      {"text", text},
                                      {"weight", is_heading ? "bolder" : "default"}}})}};
}

Json teams_body(const std::string& heading, const std::vector<std::string>& lines) {
    Json blocks = Json::array({teams_block(heading, true)});
    for (const std::string& line : lines)
        blocks.push_back(teams_block(line, false));
    const Json card = {{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                       {"type", "AdaptiveCard"},
                       {"version", "1.2"},
                       {"body", std::move(blocks)}};
    const Json attachment = {{"contentType", "application/vnd.microsoft.card.adaptive"},
                             {"contentUrl", nullptr},
                             {"content", card}};
    return {{"type", "message"}, {"attachments", Json::array({attachment})}};
}

Json body_in(const AlertNews& news, std::string_view organisation, AlertFormat format) {
    const std::string heading = fmt::format("Tidemark, organisation '{}'", organisation);
    const auto lines = lines_of(news);
    switch (format) {
    case AlertFormat::json: break;
    case AlertFormat::teams: return teams_body(heading, lines);
    case AlertFormat::slack:
        return {{"text", slack_escaped(fmt::format("{}\n{}", heading, fmt::join(lines, "\n")))}};
    }
    return plain_body(news, organisation);
}

} // namespace

std::string_view to_text(AlertChannel channel) {
    return channel == AlertChannel::command ? "command" : "webhook";
}

AlertNews alert_news(const std::vector<AlertCondition>& holds,
                     const std::vector<AlertRow>& stored) {
    const auto holding = by_subject(holds);
    const auto open = open_alerts(stored);
    AlertNews news;
    for (const auto& [subject, condition] : holding) {
        const auto known = open.find(subject);
        if (known == open.end() || !known->second.told_at) news.begun.push_back(condition);
    }
    for (const auto& [subject, row] : open) {
        if (row.told_at && !holding.contains(subject)) news.ended.push_back(row);
    }
    return news;
}

std::vector<AlertRow> rows_after(const AlertNews& news, const std::vector<AlertCondition>& holds,
                                 const std::vector<AlertRow>& stored, std::string_view organisation,
                                 AlertChannel channel, Timestamp now, bool was_sent) {
    const auto holding = by_subject(holds);
    const auto open = open_alerts(stored);
    std::vector<AlertRow> rows;
    for (const AlertCondition& begun : news.begun) {
        const auto known = open.find(subject_of(begun));
        AlertRow row{.organisation = std::string{organisation},
                     .channel = std::string{to_text(channel)},
                     .kind = begun.kind,
                     .subject = begun.subject,
                     .text = begun.text,
                     .began_at = known == open.end() ? now : known->second.began_at};
        if (was_sent) row.told_at = now;
        rows.push_back(std::move(row));
    }
    for (const auto& [subject, row] : open) {
        if (holding.contains(subject) || (row.told_at && !was_sent)) continue;
        rows.push_back(row);
        rows.back().ended_at = now;
    }
    return rows;
}

std::vector<std::string> lines_of(const AlertNews& news) {
    std::vector<std::string> lines;
    for (const AlertCondition& begun : news.begun)
        lines.push_back(begun.text);
    for (const AlertRow& ended : news.ended)
        lines.push_back(fmt::format("over (it began at {} UTC): {}",
                                    to_text(ended.began_at).substr(0, 16), ended.text));
    return lines;
}

std::string alert_body(const AlertNews& news, std::string_view organisation, AlertFormat format) {
    return body_in(news, organisation, format).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace tidemark
