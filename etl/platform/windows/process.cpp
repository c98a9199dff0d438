#include "platform/process.hpp"

#include "error.hpp"
#include "platform/windows/wide.hpp"

#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace tidemark {
namespace {

UINT console_page_before = 0;

void restore_console_page() { SetConsoleOutputCP(console_page_before); }

} // namespace

// without the box, error reporting and its dumps are left out too
void forbid_core_file() {
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
}

// Those that are closed are the C library's care here. What is printed is UTF-8, and a line ends
// as it does elsewhere.
void open_standard_streams() {
    for (std::FILE* stream : {stdin, stdout, stderr})
        _setmode(_fileno(stream), _O_BINARY);
    console_page_before = GetConsoleOutputCP();
    if (console_page_before == 0 || console_page_before == CP_UTF8) return;
    SetConsoleOutputCP(CP_UTF8);
    std::atexit(restore_console_page);
}

std::filesystem::path program_path() {
    std::wstring path(MAX_PATH, L'\0');
    for (;;) {
        const DWORD size =
            GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
        if (size == 0) throw Error("cannot tell where this program stands");
        if (size < path.size()) return path.substr(0, size);
        path.resize(path.size() * 2);
    }
}

// a pipe without a reader is a failure as any other here
void end_if_reader_is_gone() {}

Arguments::Arguments(int argc, char** argv) {
    int count = 0;
    const std::unique_ptr<wchar_t*, decltype(&LocalFree)> texts{
        CommandLineToArgvW(GetCommandLineW(), &count), &LocalFree};
    if (texts) {
        for (int i = 0; i < count; ++i)
            m_texts.push_back(narrow(texts.get()[i]));
    } else {
        m_texts.assign(argv, argv + argc);
    }
    point_to_texts();
}

std::optional<std::string> environment(const std::string& name) {
    const wchar_t* value = _wgetenv(wide(name).c_str());
    return value == nullptr ? std::nullopt : std::optional{narrow(value)};
}

std::string own_scheduler() { return "windows"; }

} // namespace tidemark
