#include "platform/run_command.hpp"

#include "platform/interrupt.hpp"
#include "platform/windows/wide.hpp"

#include <fmt/format.h>
#include <windows.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

constexpr DWORD poll_interval_ms = 20;

/// A handle that is closed with it.
class Handle {
public:
    Handle() = default;
    explicit Handle(HANDLE handle) : m_handle(handle) {}
    ~Handle() { close(); }
    Handle(Handle&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(m_handle, other.m_handle);
        return *this;
    }

    void close() {
        if (m_handle != nullptr) CloseHandle(m_handle);
        m_handle = nullptr;
    }
    [[nodiscard]] HANDLE get() const { return m_handle; }

private:
    HANDLE m_handle = nullptr;
};

/// The handle again, as a child process may have it.
Handle inheritable(HANDLE handle) {
    HANDLE copy = nullptr;
    DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, TRUE,
                    DUPLICATE_SAME_ACCESS);
    return Handle{copy};
}

/// Where a child prints to: stderr, which a task of the scheduler may lack.
Handle output_of_child() {
    Handle output = inheritable(GetStdHandle(STD_ERROR_HANDLE));
    if (output.get() != nullptr) return output;
    const Handle nowhere{
        CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr)};
    return inheritable(nowhere.get());
}

/// The two ends of a pipe.
struct Pipe {
    Handle reader;
    Handle writer;
};

std::optional<Pipe> make_pipe() {
    HANDLE reader = nullptr;
    HANDLE writer = nullptr;
    if (CreatePipe(&reader, &writer, nullptr, 0) == 0) return std::nullopt;
    return Pipe{Handle{reader}, Handle{writer}};
}

/// What must not outlive the program: everything in it is killed when it is closed.
Handle make_job() {
    Handle job{CreateJobObjectW(nullptr, nullptr)};
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

/// Whether this `NAME=value` of an environment is of that name; upper and lower case are one.
bool is_of(std::wstring_view entry, std::wstring_view name) {
    return !name.empty() && entry.size() > name.size() && entry[name.size()] == L'=' &&
           CompareStringOrdinal(entry.data(), static_cast<int>(name.size()), name.data(),
                                static_cast<int>(name.size()), TRUE) == CSTR_EQUAL;
}

/// This process's environment, without one variable, as CreateProcess takes it.
std::wstring environment_without(const std::wstring& name) {
    const std::unique_ptr<wchar_t, decltype(&FreeEnvironmentStringsW)> all{
        GetEnvironmentStringsW(), &FreeEnvironmentStringsW};
    std::wstring block;
    for (const wchar_t* at = all.get(); at != nullptr && *at != L'\0';) {
        const std::wstring_view entry{at};
        if (!is_of(entry, name)) block.append(entry).push_back(L'\0');
        at += entry.size() + 1;
    }
    block.push_back(L'\0');
    return block;
}

std::wstring shell() {
    std::array<wchar_t, MAX_PATH> folder{};
    GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
    return std::wstring{folder.data()} + L"\\cmd.exe";
}

/// Of all handles that a child may have, it gets these alone.
class OnlyThese {
public:
    explicit OnlyThese(std::vector<HANDLE> handles) : m_handles(std::move(handles)) {
        SIZE_T size = 0;
        InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        m_bytes.resize(size);
        InitializeProcThreadAttributeList(list(), 1, 0, &size);
        UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, m_handles.data(),
                                  m_handles.size() * sizeof(HANDLE), nullptr, nullptr);
    }
    ~OnlyThese() { DeleteProcThreadAttributeList(list()); }
    OnlyThese(const OnlyThese&) = delete;
    OnlyThese& operator=(const OnlyThese&) = delete;

    [[nodiscard]] LPPROC_THREAD_ATTRIBUTE_LIST list() {
        return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(m_bytes.data());
    }

private:
    std::vector<HANDLE> m_handles;
    std::vector<char> m_bytes;
};

/// Starts the shell within the job; null when that fails.
Handle start(const std::string& command, HANDLE input, HANDLE output, const std::string& without,
             HANDLE job) {
    OnlyThese handles({input, output});
    STARTUPINFOEXW how{};
    how.StartupInfo.cb = sizeof how;
    how.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    how.StartupInfo.hStdInput = input;
    how.StartupInfo.hStdOutput = output;
    how.StartupInfo.hStdError = output;
    how.lpAttributeList = handles.list();
    std::wstring environment = environment_without(wide(without));
    std::wstring line = L"cmd.exe /d /s /c \"" + wide(command) + L"\"";
    PROCESS_INFORMATION started{};
    if (CreateProcessW(shell().c_str(), line.data(), nullptr, nullptr, TRUE,
                       CREATE_SUSPENDED | CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT |
                           EXTENDED_STARTUPINFO_PRESENT,
                       environment.data(), nullptr, &how.StartupInfo, &started) == 0)
        return {};
    const Handle thread{started.hThread};
    AssignProcessToJobObject(job, started.hProcess);
    ResumeThread(started.hThread);
    return Handle{started.hProcess};
}

void write_all(const Handle& pipe, std::string_view text) {
    while (!text.empty()) {
        DWORD written = 0;
        if (WriteFile(pipe.get(), text.data(), static_cast<DWORD>(text.size()), &written,
                      nullptr) == 0)
            return; // nobody reads it any more
        text.remove_prefix(written);
    }
}

/// Waits for the process. Returns why it failed.
std::optional<std::string> outcome_of(HANDLE process, std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (WaitForSingleObject(process, poll_interval_ms) == WAIT_TIMEOUT) {
        if (noted_signal() != 0) return "interrupted";
        if (std::chrono::steady_clock::now() >= until)
            return fmt::format("it did not end within {} s", patience.count());
    }
    DWORD code = 0;
    GetExitCodeProcess(process, &code);
    if (code == 0) return std::nullopt;
    return fmt::format("it ended with {}", code);
}

} // namespace

std::optional<std::string> run_command(const std::string& command, const std::string& input,
                                       std::chrono::seconds patience, const std::string& without) {
    auto pipe = make_pipe();
    if (!pipe) return words_of_last_error();
    Handle job = make_job();
    Handle reader = inheritable(pipe->reader.get());
    pipe->reader.close();
    const Handle output = output_of_child();
    const Handle process = start(command, reader.get(), output.get(), without, job.get());
    if (process.get() == nullptr) return words_of_last_error();
    reader.close();
    std::thread writer([pipe = std::move(pipe), &input]() mutable {
        write_all(pipe->writer, input);
        pipe->writer.close();
    });
    auto error = outcome_of(process.get(), patience);
    job.close(); // what is left of it is killed, and the pipe has no reader
    writer.join();
    return error;
}

} // namespace tidemark
