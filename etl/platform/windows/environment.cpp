#include "platform/environment.hpp"

#include "platform/arguments.hpp"
#include "platform/windows/wide.hpp"

#include <windows.h>

#include <cstdlib>
#include <memory>

namespace tidemark {

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

} // namespace tidemark
