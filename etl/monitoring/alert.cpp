#include "monitoring/alert.hpp"

#include "config/secrets.hpp"
#include "error.hpp"
#include "monitoring/alert_news.hpp"
#include "monitoring/request.hpp"
#include "platform/interrupt.hpp"
#include "platform/run_command.hpp"
#include "text/url.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/table_columns.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

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
    if (!by_command && !by_webhook) return lines;
    const auto holds = alert_conditions(night, warehouse);
    if (by_command)
        add(notify_channel(config, night, holds, warehouse, AlertChannel::command, notify_command));
    if (by_webhook)
        add(notify_channel(config, night, holds, warehouse, AlertChannel::webhook, notify_webhook));
    return lines;
}

} // namespace tidemark
