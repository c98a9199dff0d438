// What a channel is told, and what not.
#include "monitoring/alert.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace tidemark;

namespace {

const Timestamp first_night = timestamp_from_text("2026-10-05 06:00:00.000000").value();

/// A channel that is told what holds at each sync, or cannot be reached.
class Channel {
public:
    /// Returns what was told, or would have been.
    AlertNews sync(const std::vector<AlertCondition>& holds, bool is_reached = true) {
        m_now += std::chrono::days{1};
        AlertNews news = alert_news(holds, m_rows);
        for (AlertRow& row :
             rows_after(news, holds, m_rows, "default", AlertChannel::webhook, m_now, is_reached)) {
            std::erase_if(m_rows, [&](const AlertRow& known) {
                return known.kind == row.kind && known.subject == row.subject;
            });
            m_rows.push_back(std::move(row));
        }
        return news;
    }

    [[nodiscard]] const std::vector<AlertRow>& rows() const { return m_rows; }

private:
    std::vector<AlertRow> m_rows;
    Timestamp m_now = first_night;
};

const AlertCondition late{"source_late", "Finance", "data source 'Finance' is late"};
const AlertCondition sync_failure{"sync_failed", "", "the sync failed"};

} // namespace

TEST_CASE("what holds for many nights is told when it begins and when it ends", "[alert]") {
    Channel channel;
    CHECK(channel.sync({}).empty());
    CHECK(channel.sync({late}).begun.size() == 1);
    for (int night = 0; night < 5; ++night)
        CHECK(channel.sync({late}).empty());
    const AlertNews over = channel.sync({sync_failure});
    REQUIRE(over.begun.size() == 1);
    CHECK(over.begun.front().kind == "sync_failed");
    REQUIRE(over.ended.size() == 1);
    CHECK(over.ended.front().text == late.text);
    CHECK(channel.sync({sync_failure}).empty());
    CHECK(channel.sync({sync_failure, late}).begun.size() == 1); // it begins once more
    CHECK(channel.sync({}).ended.size() == 2);
    CHECK(channel.sync({}).empty());
}

TEST_CASE("who was not reached is told at the next sync, with the moment when it began",
          "[alert]") {
    Channel channel;
    CHECK(channel.sync({late}, false).begun.size() == 1);
    CHECK(channel.sync({late}, false).begun.size() == 1);
    CHECK(channel.sync({late}).begun.size() == 1);
    REQUIRE(channel.rows().size() == 1);
    CHECK(channel.rows().front().began_at == first_night + std::chrono::days{1});
    CHECK(channel.sync({}, false).ended.size() == 1);
    CHECK(channel.sync({}, false).ended.size() == 1);
    CHECK(channel.sync({}).ended.size() == 1);
    CHECK(channel.sync({}).empty());
}

TEST_CASE("what was never told to have begun is not told to have ended", "[alert]") {
    Channel channel;
    channel.sync({late}, false);
    CHECK(channel.sync({}).empty());
    CHECK(channel.sync({late}).begun.size() == 1);
}

TEST_CASE("what came back before its end was told did not end", "[alert]") {
    Channel channel;
    channel.sync({late});
    CHECK(channel.sync({}, false).ended.size() == 1);
    CHECK(channel.sync({late}).empty());
}

TEST_CASE("what a message says is no markup where alerts are shown", "[alert]") {
    AlertNews news;
    news.begun.push_back({"new_error", "1", R"(<!channel> & [click](https://evil.example) "x")"});
    const auto slack = nlohmann::json::parse(alert_body(news, "default", AlertFormat::slack));
    CHECK(slack.size() == 1);
    CHECK_THAT(slack["text"].get<std::string>(),
               ContainsSubstring("\n&lt;!channel&gt; &amp; [click](https://evil.example)"));
    const auto teams = nlohmann::json::parse(alert_body(news, "default", AlertFormat::teams));
    CHECK(teams["type"] == "message");
    const auto& attachment = teams["attachments"][0];
    CHECK(attachment["contentType"] == "application/vnd.microsoft.card.adaptive");
    const auto& body = attachment["content"]["body"];
    REQUIRE(body.size() == 2);
    CHECK(body[1]["type"] == "RichTextBlock"); // its runs know no markup
    CHECK(body[1]["inlines"][0]["text"] == news.begun.front().text);
}
