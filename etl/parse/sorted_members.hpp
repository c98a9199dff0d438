#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The members of an object as JSON, one behind the other, until they are put in the order of their
/// keys. A member needs little more memory than its text.
class SortedMembers {
public:
    /// `key` is what stands between its quotes.
    void add(std::string_view key, std::string_view json);

    [[nodiscard]] bool empty() const { return m_members.empty(); }

    /// The object, its members sorted by key; those of one key in the order in which they came.
    [[nodiscard]] std::string object();

private:
    struct Member {
        std::size_t begin = 0; ///< of the key in `m_text`; the value follows it
        std::size_t key_size = 0;
        std::size_t end = 0;
    };

    [[nodiscard]] std::string_view key_of(const Member& member) const {
        return std::string_view{m_text}.substr(member.begin, member.key_size);
    }

    std::string m_text;
    std::vector<Member> m_members;
};

} // namespace tidemark
