#include "parse/sorted_members.hpp"

#include <algorithm>

namespace tidemark {

void SortedMembers::add(std::string_view key, std::string_view json) {
    const std::size_t begin = m_text.size();
    m_text.append(key).append(json);
    m_members.push_back({begin, key.size(), m_text.size()});
}

std::string SortedMembers::object() {
    // by their places too, which needs no memory of its own as a stable sort does
    std::sort(m_members.begin(), m_members.end(), [this](const Member& left, const Member& right) {
        const int order = key_of(left).compare(key_of(right));
        return order != 0 ? order < 0 : left.begin < right.begin;
    });
    constexpr std::size_t marks = 4; // two quotes, a colon and a comma
    std::string json = "{";
    json.reserve(m_text.size() + marks * m_members.size() + 2);
    for (const Member& member : m_members) {
        if (json.size() > 1) json += ',';
        json.append(1, '"').append(key_of(member)).append("\":");
        json.append(m_text, member.begin + member.key_size,
                    member.end - member.begin - member.key_size);
    }
    return json + '}';
}

} // namespace tidemark
