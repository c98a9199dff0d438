#include "simulator/fault.hpp"
#include "simulator/gzip.hpp"
#include "simulator/json_text.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <stdexcept>

namespace simulator {
namespace {

Reply with_text(Reply reply, std::string text) {
    reply.body = text_body(std::move(text));
    return reply;
}

/// The first bytes of what would be sent, and then an unfortunate end.
Reply broken_off(Reply reply, const Fault& fault, Ending ending) {
    const std::string text = collect(reply.body);
    reply.ending = ending;
    return with_text(std::move(reply), text.substr(0, fault.after));
}

Reply edited(Reply reply, std::string (*edit)(std::string, const Fault&), const Fault& fault) {
    std::string text = edit(collect(reply.body), fault);
    return with_text(std::move(reply), std::move(text));
}

/// The execution that the fault is about. Throws std::invalid_argument when there is none.
Span element_of(const std::string& text, const Fault& fault) {
    const auto elements = elements_of(text);
    if (fault.element >= elements.size()) throw std::invalid_argument("no such execution");
    return elements[fault.element];
}

FoundMember member_after(const std::string& text, std::string_view name, std::size_t from) {
    const auto member = find_member(text, name, from);
    if (!member) throw std::invalid_argument(fmt::format("no member '{}' to spoil", name));
    return *member;
}

std::string http_date(const std::string& seconds_ahead) {
    const auto now =
        std::chrono::system_clock::now() + std::chrono::seconds{std::stoi(seconds_ahead)};
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

std::string retry_after(const std::string& text) {
    return text.starts_with("date:") ? http_date(text.substr(5)) : text;
}

Reply status(Reply, const Fault& fault) {
    Reply reply = message_reply(fault.status, "ordered by the test");
    if (!fault.retry_after.empty()) {
        reply.headers.emplace_back("Retry-After", retry_after(fault.retry_after));
    }
    return reply;
}

Reply redirect(Reply, const Fault& fault) {
    Reply reply;
    reply.status = 307;
    reply.headers.emplace_back("Location", fault.url);
    return reply;
}

Reply html(Reply reply, const Fault&) {
    reply.type = "text/html";
    return with_text(std::move(reply), "<!DOCTYPE html><html><body>Please sign in</body></html>\n");
}

Reply empty(Reply reply, const Fault&) { return with_text(std::move(reply), ""); }

Reply object(Reply reply, const Fault&) {
    return with_text(std::move(reply), R"({"message":"something went wrong"})");
}

Reply replaced_body(Reply reply, const Fault& fault) {
    return with_text(std::move(reply), fault.value.value_or(""));
}

Reply reset(Reply reply, const Fault& fault) {
    reply.framing = Framing::chunked;
    return broken_off(std::move(reply), fault, Ending::reset);
}

Reply cut(Reply reply, const Fault& fault) {
    reply.framing = Framing::chunked;
    return broken_off(std::move(reply), fault, Ending::cut);
}

Reply cut_length(Reply reply, const Fault& fault) {
    const std::uint64_t size = size_of(reply.body);
    reply.framing = Framing::length;
    reply.missing = size - std::min(size, fault.after);
    return broken_off(std::move(reply), fault, Ending::cut);
}

Reply cut_close(Reply reply, const Fault& fault) {
    reply.framing = Framing::close;
    return broken_off(std::move(reply), fault, Ending::proper);
}

Reply stall(Reply reply, const Fault& fault) {
    reply.framing = Framing::chunked;
    return broken_off(std::move(reply), fault, Ending::stall);
}

Reply drip(Reply reply, const Fault& fault) {
    reply.pace = fault.pace;
    reply.step = fault.step;
    return reply;
}

Reply bomb(Reply reply, const Fault& fault) {
    reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.framing = Framing::chunked;
    reply.body = gzipped([bytes = fault.bytes](const Sink& sink) {
        const std::string blanks(1 << 16U, ' ');
        bool alive = sink("[");
        for (std::uint64_t sent = 0; alive && sent < bytes; sent += blanks.size()) {
            alive = sink(blanks);
        }
        if (alive) sink("]");
    });
    return reply;
}

/// Puts something at the beginning of the first message of the execution.
std::string in_message(const std::string& text, const Fault& fault, std::string_view what) {
    const Span element = element_of(text, fault);
    const std::size_t at = member_after(text, "Message", element.begin).value.begin + 1;
    return replaced(text, {at, at}, what);
}

std::string with_nul(std::string text, const Fault& fault) {
    return in_message(text, fault, "before\\u0000after ");
}

std::string with_invalid_utf8(std::string text, const Fault& fault) {
    return in_message(text, fault, "\xC3\x28 \xFF ");
}

std::string with_long_message(std::string text, const Fault& fault) {
    return in_message(text, fault, std::string(fault.bytes, 'x'));
}

std::string with_syntax_error(std::string text, const Fault& fault) {
    const Span element = element_of(text, fault);
    const Span value = member_after(text, "State", element.begin).value;
    return replaced(text, value, "0x1");
}

std::string with_repeated_execution(std::string text, const Fault& fault) {
    const Span element = element_of(text, fault);
    std::string copy = ",";
    copy.append(text, element.begin, element.end - element.begin);
    return replaced(text, {element.end, element.end}, copy);
}

std::string with_repeated_log(std::string text, const Fault& fault) {
    const Span element = element_of(text, fault);
    const Span logs = member_after(text, "JobExecutionLogs", element.begin).value;
    const std::size_t begin = text.find('{', logs.begin);
    if (begin >= logs.end) throw std::invalid_argument("no log to repeat");
    const std::size_t end = end_of_value(text, begin);
    std::string copy = ",";
    copy.append(text, begin, end - begin);
    return replaced(text, {end, end}, copy);
}

std::string with_spoilt_member(std::string text, const Fault& fault) {
    std::size_t from = element_of(text, fault).begin;
    std::string_view name = fault.member;
    if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
        from = member_after(text, name.substr(0, dot), from).value.begin;
        name.remove_prefix(dot + 1);
    }
    const FoundMember member = member_after(text, name, from);
    return fault.value ? replaced(text, member.value, *fault.value) : without_member(text, member);
}

template <std::string (*edit)(std::string, const Fault&)>
Reply edit_text(Reply reply, const Fault& fault) {
    return edited(std::move(reply), edit, fault);
}

constexpr FaultKind kinds[] = {
    {"status", "an error: status=, retry_after=SECONDS or date:SECONDS", false, status},
    {"redirect", "307 to url=", false, redirect},
    {"html", "a page of HTML with status 200", false, html},
    {"empty", "a body of no bytes", false, empty},
    {"object", "an object instead of an array", false, object},
    {"body", "value= instead of the body", false, replaced_body},
    {"reset", "the connection is reset after= bytes", true, reset},
    {"cut", "closed after= bytes, without the last chunk", true, cut},
    {"cut-length", "closed after= bytes, with a length that says more", true, cut_length},
    {"cut-close", "closed after= bytes, without any length", true, cut_close},
    {"stall", "nothing comes after= bytes", true, stall},
    {"drip", "step= bytes (1) every ms=", true, drip},
    {"bomb", "bytes= of white space in little gzip", false, bomb},
    {"syntax", "a syntax error in the execution element=", false, edit_text<with_syntax_error>},
    {"utf8", "invalid UTF-8 in its first message", false, edit_text<with_invalid_utf8>},
    {"nul", "\\u0000 in its first message", false, edit_text<with_nul>},
    {"long-message", "bytes= in its first message", false, edit_text<with_long_message>},
    {"repeat-execution", "it stands there twice", false, edit_text<with_repeated_execution>},
    {"repeat-log", "its first log stands there twice", false, edit_text<with_repeated_log>},
    {"member", "member= gets the JSON value=, or is missing", false, edit_text<with_spoilt_member>},
};

} // namespace

std::span<const FaultKind> fault_table() { return kinds; }

} // namespace simulator
