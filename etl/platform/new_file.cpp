#include "platform/new_file.hpp"

#include "error.hpp"
#include "platform/descriptor.hpp"
#include "platform/path_text.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t buffer_size = 65536;

/// Why a name cannot be that of a file to write; empty when it can.
std::string hindrance(const std::filesystem::path& file) {
    std::error_code ignored;
    const auto status = std::filesystem::status(file, ignored);
    if (std::filesystem::is_directory(status)) return "it is a folder";
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        return "it is no regular file";
    return {};
}

} // namespace

NewFile::NewFile(std::filesystem::path file)
    : m_file(std::move(file)), m_beginning(m_file), m_buffer(*this), m_stream(&m_buffer) {
    m_beginning += ".new";
    if (const std::string reason = hindrance(m_file); !reason.empty()) fail(reason);
    m_descriptor = descriptor::open(m_beginning, Readers::all);
    if (m_descriptor < 0) fail(error_words(errno));
    // some file systems know no locks
    m_is_ours = descriptor::lock(m_descriptor) || !descriptor::is_held();
    if (!m_is_ours) discard_and_fail("another program is writing it");
    const bool is_empty = descriptor::size(m_descriptor) == 0;
    if (!is_empty && !descriptor::resize(m_descriptor, 0)) discard_and_fail(error_words(errno));
    m_stream.exceptions(std::ios::badbit); // what the buffer throws passes through then
}

NewFile::~NewFile() { discard(); }

void NewFile::keep() {
    m_stream.flush();
    close();
    std::error_code error;
    std::filesystem::rename(m_beginning, m_file, error);
    if (error) fail(error.message());
    m_is_ours = false;
}

void NewFile::write(std::string_view bytes) const {
    while (!bytes.empty()) {
        const std::int64_t written = descriptor::write(m_descriptor, bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written == 0) errno = ENOSPC;
        if (written <= 0) fail(error_words(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void NewFile::discard() {
    close();
    std::error_code ignored;
    if (m_is_ours) std::filesystem::remove(m_beginning, ignored);
}

void NewFile::discard_and_fail(const std::string& why) {
    discard();
    fail(why);
}

void NewFile::close() {
    if (m_descriptor >= 0) descriptor::close(m_descriptor);
    m_descriptor = -1;
}

void NewFile::fail(const std::string& why) const {
    throw Error("cannot write '" + utf8(m_file) + "': " + why);
}

NewFile::Buffer::Buffer(NewFile& file) : m_file(file), m_bytes(buffer_size, '\0') {
    setp(m_bytes.data(), m_bytes.data() + m_bytes.size());
}

NewFile::Buffer::int_type NewFile::Buffer::overflow(int_type c) {
    sync();
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    return sputc(traits_type::to_char_type(c));
}

int NewFile::Buffer::sync() {
    m_file.write({pbase(), static_cast<std::size_t>(pptr() - pbase())});
    setp(m_bytes.data(), m_bytes.data() + m_bytes.size());
    return 0;
}

} // namespace tidemark
