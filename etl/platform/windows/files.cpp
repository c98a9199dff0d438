#include "platform/files.hpp"

#include "platform/windows/wide.hpp"

#include <aclapi.h>
#include <fcntl.h>
#include <io.h>
#include <sddl.h>
#include <windows.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace tidemark {
namespace {

using Local = std::unique_ptr<void, decltype(&LocalFree)>;

HANDLE handle_of(int number) { return reinterpret_cast<HANDLE>(_get_osfhandle(number)); }

/// The descriptor of a file that is opened for reading, which others may write, rename and remove
/// meanwhile as they may elsewhere; -1 when it cannot be.
int open_for_reading(const std::filesystem::path& file) {
    const HANDLE handle = CreateFileW(
        file.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
        OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr); // which folders need
    if (handle == INVALID_HANDLE_VALUE) return -1;
    return _open_osfhandle(reinterpret_cast<intptr_t>(handle), _O_RDONLY | _O_BINARY);
}

int write_all_of(HANDLE file, std::string_view text) {
    while (!text.empty()) {
        DWORD written = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(text.size(), 1U << 20U));
        if (WriteFile(file, text.data(), size, &written, nullptr) == 0) return last_error();
        text.remove_prefix(written);
    }
    return FlushFileBuffers(file) != 0 ? 0 : last_error();
}

/// Full rights for the file's owner and nothing for others, nothing inherited either.
Local owner_only() {
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:P(A;;FA;;;OW)(A;;FA;;;SY)",
                                                         SDDL_REVISION_1, &descriptor, nullptr);
    return {descriptor, &LocalFree};
}

bool is(PSID sid, WELL_KNOWN_SID_TYPE type) { return IsWellKnownSid(sid, type) != 0; }

/// Those who can take every right on this machine anyway.
bool administers(PSID sid) {
    return is(sid, WinLocalSystemSid) || is(sid, WinBuiltinAdministratorsSid);
}

bool is_owner(PSID sid, PSID owner) {
    return EqualSid(sid, owner) != 0 || is(sid, WinCreatorOwnerSid) ||
           is(sid, WinCreatorOwnerRightsSid);
}

/// Whether it is who runs this program.
bool is_this_user(PSID sid) {
    HANDLE token = nullptr;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token) == 0) return false;
    alignas(TOKEN_USER) std::array<char, sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE> user{};
    DWORD size = 0;
    const bool known = GetTokenInformation(token, TokenUser, user.data(),
                                           static_cast<DWORD>(user.size()), &size) != 0;
    CloseHandle(token);
    return known && EqualSid(sid, reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid) != 0;
}

/// Whether an entry of a file's list lets somebody read it who is neither its owner nor this user.
bool is_readable_by_others(ACL* list, DWORD place, PSID owner) {
    void* entry = nullptr;
    if (GetAce(list, place, &entry) == 0) return false;
    const auto* header = static_cast<ACE_HEADER*>(entry);
    if (header->AceType != ACCESS_ALLOWED_ACE_TYPE) return false;
    auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
    PSID sid = &allowed->SidStart;
    const bool can_read = (allowed->Mask & (FILE_READ_DATA | GENERIC_READ | GENERIC_ALL)) != 0;
    return can_read && !administers(sid) && !is_owner(sid, owner) && !is_this_user(sid);
}

} // namespace

InputFile::InputFile(const std::filesystem::path& file)
    : m_number(open_for_reading(file)), m_error(m_number < 0 ? last_error() : 0) {}

InputFile::~InputFile() {
    if (m_number >= 0) _close(m_number);
}

InputFile InputFile::standard_input() { return InputFile{_dup(_fileno(stdin))}; }

InputFile::Kind InputFile::kind() const {
    BY_HANDLE_FILE_INFORMATION about{};
    if (GetFileType(handle_of(m_number)) != FILE_TYPE_DISK) return Kind::stream;
    if (GetFileInformationByHandle(handle_of(m_number), &about) == 0) return Kind::file;
    return (about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? Kind::folder : Kind::file;
}

bool InputFile::wait(std::chrono::milliseconds patience) const {
    DWORD waiting = 0;
    if (GetFileType(handle_of(m_number)) != FILE_TYPE_PIPE) return true;
    if (PeekNamedPipe(handle_of(m_number), nullptr, 0, nullptr, &waiting, nullptr) == 0)
        return true; // its other end is closed
    if (waiting > 0) return true;
    Sleep(static_cast<DWORD>(patience.count()));
    return false;
}

int InputFile::read_into(std::string& text, bool& ended) const {
    std::array<char, 65536> piece{};
    const int count = _read(m_number, piece.data(), static_cast<unsigned>(piece.size()));
    if (count < 0) return errno;
    ended = count == 0;
    text.append(piece.data(), static_cast<std::size_t>(count));
    return 0;
}

int create_file(const std::filesystem::path& file, std::string_view text, Readers readers) {
    const Local secret = owner_only();
    SECURITY_ATTRIBUTES attributes{sizeof(SECURITY_ATTRIBUTES), secret.get(), FALSE};
    const HANDLE handle = CreateFileW(file.c_str(), GENERIC_WRITE, 0,
                                      readers == Readers::owner ? &attributes : nullptr, CREATE_NEW,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) return last_error();
    const int error = write_all_of(handle, text);
    CloseHandle(handle);
    if (error != 0) DeleteFileW(file.c_str());
    return error;
}

bool others_can_read(const std::filesystem::path& file) {
    PSID owner = nullptr;
    ACL* list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD code = GetNamedSecurityInfoW(file.c_str(), SE_FILE_OBJECT,
                                             OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                             &owner, nullptr, &list, nullptr, &descriptor);
    if (code != ERROR_SUCCESS) return false;
    const Local keeper{descriptor, &LocalFree};
    if (list == nullptr) return true; // everybody may do everything
    for (DWORD i = 0; i < list->AceCount; ++i) {
        if (is_readable_by_others(list, i, owner)) return true;
    }
    return false;
}

std::string command_to_hide(std::string_view word) {
    return "icacls " + std::string{word} +
           " /inheritance:r /grant:r \"${env:USERNAME}:F\" in PowerShell";
}

bool can_write_into(const std::filesystem::path& folder) {
    const HANDLE handle = CreateFileW(folder.c_str(), FILE_ADD_FILE,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (handle == INVALID_HANDLE_VALUE) return false;
    CloseHandle(handle);
    return true;
}

} // namespace tidemark
