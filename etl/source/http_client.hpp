#pragma once

#include "source/retry.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// How all requests of a client are made.
struct HttpSettings {
    std::string base_url;   ///< the key is sent to its origin alone
    std::string key_header; ///< the header's name
    std::string key;
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds stall_timeout{60}; ///< give up when nothing arrives for so long
    std::optional<std::string> proxy;
    std::optional<std::filesystem::path> ca_file; ///< trusted instead of the system's
};

/// One GET, or one POST. `on_bytes` receives the body of a 2xx response,
/// decompressed; it returns false when the rest is not needed, which ends the response without a
/// fault.
struct HttpRequest {
    std::size_t id = 0; ///< the caller's, to know the response by
    std::string url;
    std::uint64_t max_bytes = 0; ///< of the body, after decompression
    std::function<bool(std::string_view)> on_bytes;
    std::vector<std::string> headers; ///< further ones: `Name: value`

    /// The content of a POST, whose type is among the headers; none: it is a GET. A POST goes over
    /// a connection of its own and is sent once: over one that was used before, libcurl would send
    /// it again when that turns out to be dead.
    std::optional<std::string> post;
};

/// How a request ended.
struct HttpResponse {
    std::size_t id = 0;
    Fault fault = Fault::none;
    std::uint64_t bytes = 0; ///< of the body of a 2xx response, after decompression
    int status = 0;          ///< 0: no response came
    std::string detail;      ///< on a fault: what the library says
    std::string error_body;  ///< of a status other than 2xx; empty when larger than 4 KiB
    std::string retry_after; ///< the header as it came; likewise the next three
    std::string etag;
    std::string last_modified;
    std::string date;
    std::string url;          ///< that was asked: after a redirect, where it led to
    std::string redirect_url; ///< absolute; a redirect is never followed by itself
    bool was_sent = false;    ///< a part of the request left this machine
};

/// Several requests at a time on one thread, over connections that are used again.
class HttpClient {
public:
    explicit HttpClient(const HttpSettings& settings);
    ~HttpClient();

    void start(HttpRequest request);

    /// Moves all requests on and returns those that ended, after at most `patience` when none did.
    /// What `on_bytes` throws passes through; then all requests should be dropped.
    std::vector<HttpResponse> wait(std::chrono::milliseconds patience);

    /// Drops what is running: no `on_bytes` is called any more.
    void drop_all();

    [[nodiscard]] std::size_t running() const;

    /// Bytes of 2xx bodies so far, after decompression.
    [[nodiscard]] std::uint64_t bytes_received() const;

    /// Requests so far.
    [[nodiscard]] std::uint64_t requests() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
