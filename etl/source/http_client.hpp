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

/// Settings for all requests of a client.
struct HttpSettings {
    std::string base_url;   ///< the key is sent only to its origin
    std::string key_header; ///< the header's name
    std::string key;
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds stall_timeout{60}; ///< fail after this time without data
    std::optional<std::string> proxy;
    std::optional<std::filesystem::path> ca_file; ///< trusted instead of the system's certificates
};

/// One GET, or one POST. `on_bytes` receives the decompressed body of a 2xx response. It returns
/// false when the rest is not needed; the response then ends without a fault.
struct HttpRequest {
    std::size_t id = 0; ///< chosen by the caller, returned with the response
    std::string url;
    std::uint64_t max_bytes = 0; ///< of the body, after decompression
    std::function<bool(std::string_view)> on_bytes;
    std::vector<std::string> headers; ///< further ones: `Name: value`

    /// The content of a POST, whose type is among the headers; null: a GET. A POST uses a new
    /// connection: on a used connection that turns out to be dead libcurl would send it twice.
    std::optional<std::string> post;
};

/// How a request ended.
struct HttpResponse {
    std::size_t id = 0;
    Fault fault = Fault::none;
    std::uint64_t bytes = 0; ///< of the body of a 2xx response, after decompression
    int status = 0;          ///< 0: no response came
    std::string detail;      ///< on a fault: the message of libcurl
    std::string error_body;  ///< of a response other than 2xx; empty when larger than 4 KiB
    std::string retry_after; ///< the header, like the next three
    std::string etag;
    std::string last_modified;
    std::string date;
    std::string url;          ///< the requested URL; after a redirect its target
    std::string redirect_url; ///< absolute; the client follows no redirect itself
    bool was_sent = false;    ///< at least a part of the request was sent
};

/// Runs several requests at a time on one thread, and reuses connections.
class HttpClient {
public:
    explicit HttpClient(const HttpSettings& settings);
    ~HttpClient();

    void start(HttpRequest request);

    /// Continues all requests and returns those that ended, after at most `patience`. Exceptions of
    /// `on_bytes` pass through; the caller should then drop all requests.
    std::vector<HttpResponse> wait(std::chrono::milliseconds patience);

    /// Drops all requests: `on_bytes` is not called again.
    void drop_all();

    [[nodiscard]] std::size_t running() const;

    /// Bytes of all 2xx bodies so far, after decompression.
    [[nodiscard]] std::uint64_t bytes_received() const;

    /// Number of requests so far.
    [[nodiscard]] std::uint64_t requests() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
