#pragma once

#include "config/config.hpp"
#include "monitoring/alert_conditions.hpp"
#include "monitoring/night.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// Notifies `[alert] command` and the webhook of problems that began or ended since their last
/// notification: one message for each channel, within `[alert] timeout_s`. The warehouse stores
/// what was sent. `[alert] eventlog` gets every failed sync. Returns one line for each channel that
/// could not be notified; that does not fail the sync, and the line never contains the webhook's
/// path. When `warehouse` is null because it cannot be opened, only a failure of the sync is sent,
/// after every sync. Throws Interrupted, and Error when the warehouse fails.
std::vector<std::string> alert(const Config& config, const Night& night, Warehouse* warehouse);

/// A receiver of alerts. Each channel has its own state, because one can fail while the other
/// succeeds.
enum class AlertChannel { command, webhook };

std::string_view to_text(AlertChannel channel);

/// What to send to a channel.
struct AlertNews {
    std::vector<AlertCondition> begun;
    std::vector<AlertRow> ended;

    [[nodiscard]] bool empty() const { return begun.empty() && ended.empty(); }
};

/// Compares the problems that hold with the channel's rows in the table `alert`. A problem whose
/// begin was never sent is not reported as ended.
AlertNews alert_news(const std::vector<AlertCondition>& holds, const std::vector<AlertRow>& stored);

/// The rows to store after an attempt to send the news. Rows of news that could not be sent are
/// unchanged, so the next sync sends them.
std::vector<AlertRow> rows_after(const AlertNews& news, const std::vector<AlertCondition>& holds,
                                 const std::vector<AlertRow>& stored, std::string_view organisation,
                                 AlertChannel channel, Timestamp now, bool was_sent);

/// One line for each piece of news.
std::vector<std::string> lines_of(const AlertNews& news);

/// The message to send: one JSON text.
std::string alert_body(const AlertNews& news, std::string_view organisation, AlertFormat format);

} // namespace tidemark
