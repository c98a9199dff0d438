#include "monitoring/alert.hpp"

#include "config/secrets.hpp"
#include "error.hpp"
#include "monitoring/request.hpp"
#include "platform/event_log.hpp"
#include "platform/interrupt.hpp"
#include "platform/run_command.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/table_columns.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

std::vector<AlertRow> stored_alerts(Warehouse* warehouse, const Config& config,
                                    AlertChannel channel) {
    std::vector<AlertRow> rows;
    if (warehouse == nullptr) return rows;
    each_row(*warehouse, "alert", [&](const Row& row) {
        if (row.text("organisation") == config.source.organisation &&
            row.text("channel") == to_text(channel))
            rows.push_back(row_as<AlertRow>(row));
    });
    return rows;
}

/// Why the webhook was not told; nullopt when it was.
std::optional<std::string> notify_webhook(const Config& config, const AlertNews& news) {
    std::string host = "alert.webhook";
    try {
        const std::string url = read_webhook(config.alert);
        host = origin_of(url).value_or(host);
        const auto error = send_request(
            config,
            {.url = url,
             .headers = {"Content-Type: application/json"},
             .post = alert_body(news, config.source.organisation, config.alert.format)},
            config.alert.timeout);
        if (error) return fmt::format("cannot alert '{}': {}", host, *error);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        return fmt::format("cannot alert '{}': {}", host, error.what());
    }
    return std::nullopt;
}

std::optional<std::string> notify_command(const Config& config, const AlertNews& news) {
    const auto error =
        run_command(config.alert.command,
                    alert_body(news, config.source.organisation, AlertFormat::json) + "\n",
                    config.alert.timeout, config.source.api_key_env);
    stop_if_interrupted();
    if (!error) return std::nullopt;
    return fmt::format("cannot alert by '{}': {}", config.alert.command, *error);
}

/// An entry for each failed sync, whatever was told before: the event log is a log.
std::optional<std::string> write_failure(const Config& config, const Night& night,
                                         const std::vector<AlertCondition>& holds) {
    for (const AlertCondition& condition : holds) {
        if (condition.kind != "sync_failed") continue;
        const auto error = write_event(
            fmt::format("organisation '{}': {}", config.source.organisation, condition.text),
            static_cast<int>(night.exit_code));
        if (error) return fmt::format("cannot write to the event log: {}", *error);
    }
    return std::nullopt;
}

using Notify = std::optional<std::string> (*)(const Config&, const AlertNews&);

std::optional<std::string> notify_channel(const Config& config, const Night& night,
                                          std::vector<AlertCondition> holds, Warehouse* warehouse,
                                          AlertChannel channel, Notify notify) {
    const auto stored = stored_alerts(warehouse, config, channel);
    if (warehouse != nullptr)
        std::ranges::move(lasting_errors(night, *warehouse, stored), std::back_inserter(holds));
    const AlertNews news = alert_news(holds, stored);
    std::optional<std::string> error;
    if (!news.empty()) error = notify(config, news);
    if (warehouse == nullptr) return error;
    auto rows = rows_after(news, holds, stored, config.source.organisation, channel, night.ended_at,
                           !error);
    if (!rows.empty()) warehouse->write({.alerts = std::move(rows)});
    return error;
}

} // namespace

std::vector<std::string> alert(const Config& config, const Night& night, Warehouse* warehouse) {
    std::vector<std::string> lines;
    const auto add = [&](std::optional<std::string> error) {
        if (error) lines.push_back(std::move(*error));
    };
    const bool by_command = !config.alert.command.empty();
    const bool by_webhook = has_webhook(config.alert);
    if (!by_command && !by_webhook && !config.alert.eventlog) return lines;
    const auto holds = alert_conditions(night, warehouse);
    if (config.alert.eventlog) add(write_failure(config, night, holds));
    if (by_command)
        add(notify_channel(config, night, holds, warehouse, AlertChannel::command, notify_command));
    if (by_webhook)
        add(notify_channel(config, night, holds, warehouse, AlertChannel::webhook, notify_webhook));
    return lines;
}

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
                                    to_minute(to_text(ended.began_at)), ended.text));
    return lines;
}

std::string alert_body(const AlertNews& news, std::string_view organisation, AlertFormat format) {
    return body_in(news, organisation, format).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace tidemark
