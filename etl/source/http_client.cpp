#include "source/http_client.hpp"

#include "error.hpp"
#include "platform/path_text.hpp"
#include "source/retry.hpp"
#include "text/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <exception>
#include <map>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t max_error_text = 4096;
constexpr std::uint64_t max_error_body = 64ULL * 1024;
constexpr long receive_buffer = 64L * 1024;

template <auto cleanup> struct Cleanup {
    template <typename Handle> void operator()(Handle* handle) const { cleanup(handle); }
};
using Headers = std::unique_ptr<curl_slist, Cleanup<curl_slist_free_all>>;

void require_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw Error("cannot start libcurl");
}

void check(CURLcode code) {
    if (code != CURLE_OK) throw Error(std::string("libcurl: ") + curl_easy_strerror(code));
}

template <typename Value> void set(CURL* easy, CURLoption option, Value value) {
    check(curl_easy_setopt(easy, option, value));
}

void check(CURLMcode code) {
    if (code != CURLM_OK) throw Error(std::string("libcurl: ") + curl_multi_strerror(code));
}

/// A library that is built without it refuses to be asked for it.
bool knows_http2() {
    return (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) != 0;
}

void append(Headers& headers, const std::string& line) {
    curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) throw Error("out of memory");
    static_cast<void>(headers.release());
    headers.reset(longer);
}

Fault fault_of(CURLcode code) {
    switch (code) {
    case CURLE_OK: return Fault::none;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return Fault::unresolved;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY: return Fault::unreachable;
    case CURLE_OPERATION_TIMEDOUT: return Fault::timed_out;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return Fault::broken_off;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR: return Fault::garbled; // what follows the end of gzip cannot be written
    case CURLE_SSL_CONNECT_ERROR: return Fault::no_tls;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return Fault::untrusted;
    default: return Fault::unusable;
    }
}

/// A request under way. Its address is known to libcurl, so it stays where it is.
class Transfer {
public:
    /// `thrown` takes what `on_bytes` throws; once it is set, no more bytes are taken.
    Transfer(HttpRequest request, const HttpSettings& settings, std::exception_ptr& thrown)
        : m_request(std::move(request)),
          m_thrown(thrown),
          m_easy(curl_easy_init()),
          m_stall_timeout(settings.stall_timeout),
          m_pace(settings.stall_timeout) {
        if (!m_easy) throw Error("libcurl: cannot start a request");
        ask(settings);
        protect(settings);
        receive();
    }

    [[nodiscard]] CURL* handle() const { return m_easy.get(); }
    [[nodiscard]] std::uint64_t received() const { return m_received; }

    HttpResponse finish(CURLcode code) {
        const int status = static_cast<int>(read_status());
        HttpResponse response{.id = m_request.id, .fault = fault(code), .status = status};
        if (response.fault != Fault::none) response.detail = detail(code);
        if (m_error_bytes <= max_error_text) response.error_body = std::move(m_error_text);
        response.retry_after = header("Retry-After");
        response.bytes = m_received;
        response.url = m_request.url;
        response.etag = header("ETag");
        response.last_modified = header("Last-Modified");
        response.date = header("Date");
        if (const auto* location = info<const char*>(CURLINFO_REDIRECT_URL))
            response.redirect_url = location;
        response.was_sent = info<long>(CURLINFO_REQUEST_SIZE) > 0;
        return response;
    }

private:
    void ask(const HttpSettings& settings) {
        append(m_headers, "Accept: application/json");
        if (origin_of(m_request.url) == origin_of(settings.base_url)) {
            append(m_headers, settings.key_header + ": " + settings.key);
        }
        for (const std::string& line : m_request.headers)
            append(m_headers, line);
        if (m_request.post) post_once(*m_request.post);
        set(handle(), CURLOPT_URL, m_request.url.c_str());
        set(handle(), CURLOPT_HTTPHEADER, m_headers.get());
        set(handle(), CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
        set(handle(), CURLOPT_USERAGENT, "tidemark/" TIDEMARK_VERSION);
        set(handle(), CURLOPT_ACCEPT_ENCODING, "");
        // with HTTP/2 libcurl sends a request again whose stream was refused
        if (m_request.post)
            set(handle(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        else if (knows_http2())
            set(handle(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        set(handle(), CURLOPT_FOLLOWLOCATION, 0L);
        set(handle(), CURLOPT_NOSIGNAL, 1L);
        set(handle(), CURLOPT_TCP_KEEPALIVE, 1L);
        set(handle(), CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.connect_timeout.count()));
    }

    void post_once(const std::string& content) {
        if (content.empty()) append(m_headers, "Content-Type:");
        set(handle(), CURLOPT_POSTFIELDS, content.c_str());
        set(handle(), CURLOPT_POSTFIELDSIZE, static_cast<long>(content.size()));
        set(handle(), CURLOPT_FRESH_CONNECT, 1L);
        set(handle(), CURLOPT_FORBID_REUSE, 1L);
    }

    void protect(const HttpSettings& settings) const {
        set(handle(), CURLOPT_PROTOCOLS_STR, "http,https");
        // given even where they are empty, or the environment's variables would say where the key
        // goes
        set(handle(), CURLOPT_PROXY, settings.proxy.value_or("").c_str());
        set(handle(), CURLOPT_NOPROXY, "");
        if (settings.ca_file) {
            set(handle(), CURLOPT_CAINFO, utf8(*settings.ca_file).c_str());
            set(handle(), CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        } else {
            // OpenSSL knows no system's roots but through files; libcurl hands it those of Windows
            set(handle(), CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NATIVE_CA));
        }
    }

    void receive() {
        set(handle(), CURLOPT_ERRORBUFFER, m_words.data());
        set(handle(), CURLOPT_BUFFERSIZE, receive_buffer);
        set(handle(), CURLOPT_WRITEDATA, static_cast<void*>(this));
        set(handle(), CURLOPT_WRITEFUNCTION, &Transfer::write);
        set(handle(), CURLOPT_NOPROGRESS, 0L);
        set(handle(), CURLOPT_XFERINFODATA, static_cast<void*>(this));
        set(handle(), CURLOPT_XFERINFOFUNCTION, &Transfer::watch);
    }

    /// libcurl asks this at each of its steps; anything but 0 ends the request.
    static int watch(void* self, curl_off_t /*size*/, curl_off_t bytes, curl_off_t /*to_send*/,
                     curl_off_t /*sent*/) {
        auto& transfer = *static_cast<Transfer*>(self);
        if (!transfer.is_connected()) return 0; // what that may take is limited
        switch (transfer.m_pace.check(
            static_cast<std::uint64_t>(transfer.info<long>(CURLINFO_HEADER_SIZE) + bytes),
            Pace::Clock::now())) {
        case Pace::Result::goes_on: return 0;
        case Pace::Result::stalled: transfer.m_fault = Fault::timed_out; break;
        case Pace::Result::trickles: transfer.m_fault = Fault::too_slow; break;
        }
        return 1;
    }

    [[nodiscard]] bool is_connected() const {
        return info<curl_off_t>(CURLINFO_PRETRANSFER_TIME_T) > 0;
    }

    static std::size_t write(char* data, std::size_t /*one*/, std::size_t size, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        try {
            if (transfer.m_thrown) return CURL_WRITEFUNC_ERROR;
            return transfer.receive({data, size}) ? size : CURL_WRITEFUNC_ERROR;
        } catch (...) {
            transfer.m_thrown = std::current_exception();
            return CURL_WRITEFUNC_ERROR;
        }
    }

    bool receive(std::string_view chunk) {
        const int status = static_cast<int>(read_status());
        if (!is_answer(status)) return keep_error_text(status, chunk);
        m_received += chunk.size();
        if (m_received > m_request.max_bytes) {
            m_fault = Fault::too_large;
            return false;
        }
        if (m_request.on_bytes(chunk)) return true;
        m_fault = Fault::none;
        return false;
    }

    bool keep_error_text(int status, std::string_view chunk) {
        if (status < 300) return false; // a part of what was asked for says nothing about an error
        m_error_bytes += chunk.size();
        if (m_error_bytes <= max_error_text) m_error_text += chunk;
        return m_error_bytes <= max_error_body;
    }

    /// "" when there is none.
    [[nodiscard]] std::string header(const char* name) const {
        curl_header* found = nullptr;
        const auto code = curl_easy_header(handle(), name, 0, CURLH_HEADER, -1, &found);
        return code == CURLHE_OK ? found->value : "";
    }

    [[nodiscard]] long read_status() const { return info<long>(CURLINFO_RESPONSE_CODE); }

    template <typename Value> [[nodiscard]] Value info(CURLINFO what) const {
        Value value{};
        curl_easy_getinfo(handle(), what, &value);
        return value;
    }

    /// A status that is an error tells it, even if its body is not whole.
    [[nodiscard]] Fault fault(CURLcode code) const {
        const int status = static_cast<int>(read_status());
        if (status >= 200 && !is_answer(status)) return Fault::none;
        return m_fault.value_or(fault_of(code));
    }

    [[nodiscard]] std::string detail(CURLcode code) const {
        if (m_fault == Fault::timed_out)
            return fmt::format("nothing arrived for {} s", m_stall_timeout.count());
        if (m_fault == Fault::too_slow) return "only a few bytes a second arrive";
        return m_words[0] != '\0' ? m_words.data() : curl_easy_strerror(code);
    }

    HttpRequest m_request;
    std::exception_ptr& m_thrown;
    std::array<char, CURL_ERROR_SIZE> m_words{};
    Headers m_headers;
    std::unique_ptr<CURL, Cleanup<curl_easy_cleanup>> m_easy;
    std::chrono::seconds m_stall_timeout;
    Pace m_pace;
    std::optional<Fault> m_fault; ///< why we ended it ourselves
    std::uint64_t m_received = 0;
    std::uint64_t m_error_bytes = 0;
    std::string m_error_text;
};

} // namespace

struct HttpClient::Impl {
    explicit Impl(HttpSettings to_use) : settings(std::move(to_use)), multi(curl_multi_init()) {
        if (!multi) throw Error("cannot start libcurl");
    }

    HttpSettings settings;
    std::unique_ptr<CURLM, Cleanup<curl_multi_cleanup>> multi;
    std::map<CURL*, std::unique_ptr<Transfer>> transfers;
    std::uint64_t bytes_received = 0;
    std::uint64_t requests = 0;
    std::exception_ptr thrown;

    void move_on() {
        int running = 0;
        check(curl_multi_perform(multi.get(), &running));
        if (thrown) std::rethrow_exception(std::exchange(thrown, nullptr));
    }

    void drop(CURL* easy) {
        curl_multi_remove_handle(multi.get(), easy);
        const auto found = transfers.find(easy);
        bytes_received += found->second->received();
        transfers.erase(found);
    }

    std::vector<HttpResponse> ended() {
        std::vector<HttpResponse> responses;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            CURL* const easy = message->easy_handle;
            responses.push_back(transfers.at(easy)->finish(message->data.result));
            drop(easy);
        }
        return responses;
    }
};

HttpClient::HttpClient(const HttpSettings& settings) {
    require_curl();
    m_impl = std::make_unique<Impl>(settings);
}

HttpClient::~HttpClient() { drop_all(); }

void HttpClient::start(HttpRequest request) {
    auto transfer =
        std::make_unique<Transfer>(std::move(request), m_impl->settings, m_impl->thrown);
    CURL* const easy = transfer->handle();
    m_impl->transfers.emplace(easy, std::move(transfer));
    check(curl_multi_add_handle(m_impl->multi.get(), easy));
    ++m_impl->requests;
}

std::vector<HttpResponse> HttpClient::wait(std::chrono::milliseconds patience) {
    m_impl->move_on();
    auto responses = m_impl->ended();
    if (!responses.empty()) return responses;
    check(curl_multi_poll(m_impl->multi.get(), nullptr, 0, static_cast<int>(patience.count()),
                          nullptr));
    m_impl->move_on();
    return m_impl->ended();
}

void HttpClient::drop_all() {
    while (!m_impl->transfers.empty())
        m_impl->drop(m_impl->transfers.begin()->first);
}

std::size_t HttpClient::running() const { return m_impl->transfers.size(); }

std::uint64_t HttpClient::requests() const { return m_impl->requests; }

std::uint64_t HttpClient::bytes_received() const {
    std::uint64_t bytes = m_impl->bytes_received;
    for (const auto& [easy, transfer] : m_impl->transfers)
        bytes += transfer->received();
    return bytes;
}

} // namespace tidemark
