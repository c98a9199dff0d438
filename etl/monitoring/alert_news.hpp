#pragma once

#include "config/config.hpp"
#include "monitoring/alert_conditions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// Whom alerts are told, each by itself: what one was told, another may still have to be.
enum class AlertChannel { command, webhook };

std::string_view to_text(AlertChannel channel);

/// What a channel has still to be told.
struct AlertNews {
    std::vector<AlertCondition> begun;
    std::vector<AlertRow> ended;

    [[nodiscard]] bool empty() const { return begun.empty() && ended.empty(); }
};

/// Compares what holds with what the channel was told, its rows of the table `alert`. What was
/// never told of is not told to have ended.
AlertNews alert_news(const std::vector<AlertCondition>& holds, const std::vector<AlertRow>& stored);

/// The rows to store after an attempt to tell of them. What could not be told stays as it was, so
/// that the next sync tells it.
std::vector<AlertRow> rows_after(const AlertNews& news, const std::vector<AlertCondition>& holds,
                                 const std::vector<AlertRow>& stored, std::string_view organisation,
                                 AlertChannel channel, Timestamp now, bool was_sent);

/// A line for each piece of news.
std::vector<std::string> lines_of(const AlertNews& news);

/// What is sent: one JSON text for all of it.
std::string alert_body(const AlertNews& news, std::string_view organisation, AlertFormat format);

} // namespace tidemark
