#include "platform/event_log.hpp"

#include "platform/windows/wide.hpp"

#include <windows.h>

#include <algorithm>

namespace tidemark {

bool has_event_log() { return true; }

// A source that nobody has registered is written too; the viewer then says that it has no
// description, and shows the text below that.
std::optional<std::string> write_event(std::string_view text, int id) {
    constexpr std::size_t longest = 31'000;
    const HANDLE log = RegisterEventSourceW(nullptr, L"Tidemark");
    if (log == nullptr) return words_of_last_error();
    std::wstring entry = wide(text);
    entry.resize(std::min(entry.size(), longest));
    const wchar_t* strings = entry.c_str();
    std::optional<std::string> error;
    if (ReportEventW(log, EVENTLOG_ERROR_TYPE, 0, static_cast<DWORD>(id), nullptr, 1, 0, &strings,
                     nullptr) == 0)
        error = words_of_last_error();
    DeregisterEventSource(log);
    return error;
}

} // namespace tidemark
