#include "source/downloads.hpp"

#include "error.hpp"
#include "model/time.hpp"
#include "platform/interrupt.hpp"
#include "text/url.hpp"

#include <algorithm>
#include <optional>
#include <random>

namespace tidemark {
Throttle::Throttle(int most) : m_most(std::max(most, 1)), m_at_once(m_most) {}

void Throttle::overloaded(int round) {
    if (round != m_round) return;
    m_at_once = std::max(m_at_once / 2, 1);
    m_successes = 0;
    ++m_round;
}

void Throttle::succeeded() {
    if (++m_successes < m_at_once || m_at_once == m_most) return;
    ++m_at_once;
    m_successes = 0;
}

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds patience{100};
constexpr int max_redirects = 5;

/// So many wait for another try per connection before no further download begins: then the server
/// is in trouble, and each that has begun may hold memory.
constexpr std::size_t max_waiting_each = 16;

/// How far one download has come.
struct Progress {
    Download download;
    int tries = 0;
    int redirects = 0;
    int round = 0;        ///< of the throttle, when the request began
    BodyVersion unwanted; ///< that the request asked not to be sent
    Clock::time_point due;
    std::optional<std::string> rejection; ///< what a JobError said
};

class Session {
public:
    Session(HttpClient& client, std::vector<Download> downloads, const DownloadEffort& effort)
        : m_client(client),
          m_effort(effort),
          m_throttle(effort.at_once),
          m_random(std::random_device{}()) {
        for (auto& download : downloads)
            m_all.push_back({.download = std::move(download)});
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { m_client.drop_all(); }

    void run() {
        while (m_settled < m_all.size()) {
            stop_if_interrupted();
            start_due();
            start_fresh();
            for (const auto& response : m_client.wait(until_next_due())) {
                conclude(m_all[response.id], response);
            }
        }
    }

private:
    [[nodiscard]] bool has_room() const {
        return m_client.running() < static_cast<std::size_t>(m_throttle.at_once());
    }

    [[nodiscard]] std::size_t max_waiting() const {
        return max_waiting_each * static_cast<std::size_t>(std::max(m_effort.at_once, 1));
    }

    void start_due() {
        const auto now = Clock::now();
        for (auto waiting = m_waiting.begin(); waiting != m_waiting.end() && has_room();) {
            const std::size_t id = *waiting;
            if (m_all[id].due > now) {
                ++waiting;
                continue;
            }
            waiting = m_waiting.erase(waiting);
            try_again(id);
        }
    }

    void start_fresh() {
        while (m_begun < m_all.size() && has_room() && m_waiting.size() < max_waiting())
            try_again(m_begun++);
    }

    void try_again(std::size_t id) {
        Progress& progress = m_all[id];
        ++progress.tries;
        progress.redirects = 0;
        progress.unwanted = progress.download.stored_version();
        progress.download.begin();
        request(id, progress.download.url);
    }

    void request(std::size_t id, std::string url) {
        Progress& progress = m_all[id];
        progress.round = m_throttle.round();
        m_client.start({.id = id,
                        .url = std::move(url),
                        .max_bytes = progress.download.max_bytes,
                        .on_bytes =
                            [&progress](std::string_view chunk) {
                                bool more = false;
                                guarded(progress, [&] { more = progress.download.bytes(chunk); });
                                return more;
                            },
                        .headers = unless_of(progress.unwanted)});
    }

    template <typename Step> static void guarded(Progress& progress, Step step) {
        try {
            step();
        } catch (const JobError& error) {
            progress.rejection = error.what();
        }
    }

    void conclude(Progress& progress, HttpResponse response) {
        if (progress.rejection) return settle_refused(progress, response);
        if (is_redirect(response) && follow(progress, response)) return;
        if (is_unchanged(progress, response)) return settle_unchanged(progress);
        if (classify(response.fault, response.status) == RetryDecision::success) {
            response.fault = read_to_the_end(progress, response);
        }
        if (progress.rejection) return settle_refused(progress, response);
        act_on(progress, response);
    }

    static Fault read_to_the_end(Progress& progress, const HttpResponse& response) {
        if (response.bytes == 0) return Fault::empty;
        auto state = BodyState::whole;
        guarded(progress, [&] { state = progress.download.end(); });
        return state == BodyState::whole ? Fault::none : Fault::cut_short;
    }

    void act_on(Progress& progress, const HttpResponse& response) {
        if (is_overload(response)) m_throttle.overloaded(progress.round);
        switch (classify(response.fault, response.status)) {
        case RetryDecision::success: return settle_succeeded(progress, version_of(response));
        case RetryDecision::retry: return retry(progress, response);
        case RetryDecision::fail_one:
            if (progress.download.is_list) throw_refusal(progress, response);
            return settle_failed(progress, line(progress, response));
        case RetryDecision::fail_all:
            throw_refusal(progress, response);
            throw Error(line(progress, response));
        }
    }

    static void throw_refusal(const Progress& progress, const HttpResponse& response) {
        if (refuses_key(response)) throw KeyRefused(line(progress, response));
    }

    static bool is_redirect(const HttpResponse& response) {
        return response.fault == Fault::none && response.status / 100 == 3 &&
               !response.redirect_url.empty();
    }

    static bool is_unchanged(const Progress& progress, const HttpResponse& response) {
        return response.fault == Fault::none && response.status == 304 &&
               !progress.unwanted.empty();
    }

    static bool is_overload(const HttpResponse& response) {
        return response.fault == Fault::none && (response.status == 429 || response.status == 503);
    }

    /// Returns false when it must not be followed, and says why in the response.
    bool follow(Progress& progress, HttpResponse& response) {
        if (origin_of(response.redirect_url) != origin_of(progress.download.url)) {
            response.fault = Fault::foreign_redirect;
        } else if (++progress.redirects > max_redirects) {
            response.fault = Fault::redirect_loop;
        } else {
            request(response.id, response.redirect_url);
        }
        return response.fault == Fault::none;
    }

    void retry(Progress& progress, const HttpResponse& response) {
        if (progress.tries > m_effort.retries) {
            return settle_failed(progress, line(progress, response));
        }
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const double jitter = std::uniform_real_distribution<>(0, 1)(m_random);
        const auto delay = retry_delay(m_effort.policy, progress.tries, jitter,
                                       parse_retry_after(response.retry_after, now));
        progress.due = Clock::now() + delay;
        m_waiting.push_back(response.id);
        if (m_effort.on_wait) {
            m_effort.on_wait({.delay = delay,
                              .next_try = progress.tries + 1,
                              .tries = m_effort.retries + 1,
                              .why = short_reason(response)});
        }
    }

    static std::string line(const Progress& progress, const HttpResponse& response) {
        return failure_line(response, progress.download.context, progress.tries);
    }

    void settle_succeeded(Progress& progress, const BodyVersion& version) {
        ++m_settled;
        m_throttle.succeeded();
        progress.download.succeeded(version);
    }

    void settle_unchanged(Progress& progress) {
        ++m_settled;
        m_throttle.succeeded();
        progress.download.unchanged();
    }

    void settle_refused(Progress& progress, const HttpResponse& response) {
        settle_failed(progress,
                      refused_body_line(response, progress.download.context, *progress.rejection));
    }

    void settle_failed(Progress& progress, const std::string& why) {
        ++m_settled;
        progress.download.failed(why);
    }

    [[nodiscard]] std::chrono::milliseconds until_next_due() const {
        auto wait = patience;
        if (!has_room()) return wait;
        for (const std::size_t id : m_waiting) {
            wait = std::min(
                wait, std::chrono::ceil<std::chrono::milliseconds>(m_all[id].due - Clock::now()));
        }
        return std::max(wait, std::chrono::milliseconds::zero());
    }

    HttpClient& m_client;
    DownloadEffort m_effort;
    Throttle m_throttle;
    std::vector<Progress> m_all; ///< its size is fixed: requests know its elements
    std::vector<std::size_t> m_waiting;
    std::size_t m_begun = 0;
    std::size_t m_settled = 0;
    std::mt19937 m_random;
};

} // namespace

void download_all(HttpClient& client, std::vector<Download> downloads,
                  const DownloadEffort& effort) {
    Session(client, std::move(downloads), effort).run();
}

namespace {

constexpr std::chrono::seconds settled_after{60};
constexpr std::size_t longest = 1024;

bool fits_a_header(std::string_view value) {
    return !value.empty() && value.size() <= longest &&
           std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_settled(const HttpResponse& response) {
    const auto modified = parse_http_date(response.last_modified);
    const auto sent = parse_http_date(response.date);
    return modified && sent && *sent - *modified >= settled_after;
}

} // namespace

BodyVersion version_of(const HttpResponse& response) {
    BodyVersion version;
    if (fits_a_header(response.etag)) version.tag = response.etag;
    if (fits_a_header(response.last_modified) && is_settled(response)) {
        version.date = response.last_modified;
    }
    return version;
}

std::vector<std::string> unless_of(const BodyVersion& version) {
    std::vector<std::string> headers;
    if (fits_a_header(version.tag)) headers.push_back("If-None-Match: " + version.tag);
    if (fits_a_header(version.date)) headers.push_back("If-Modified-Since: " + version.date);
    return headers;
}

} // namespace tidemark
