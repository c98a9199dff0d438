#include "simulator/object_writer.hpp"

#include "simulator/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

constexpr std::size_t shuffles = 16;

std::string spelt(std::string_view pascal, bool camel_case) {
    std::string name{pascal};
    if (camel_case) name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name;
}

std::vector<unsigned> shown(std::span<const MemberName> members, bool extras) {
    std::vector<unsigned> numbers;
    for (unsigned number = 0; number < members.size(); ++number) {
        if (extras || !members[number].is_extra) numbers.push_back(number);
    }
    return numbers;
}

std::vector<unsigned> shuffled(std::vector<unsigned> numbers, std::uint64_t seed) {
    for (std::size_t i = numbers.size(); i > 1; --i) {
        std::swap(numbers[i - 1], numbers[below(hash_of(seed, i), i)]);
    }
    return numbers;
}

std::vector<std::vector<unsigned>> orders(std::vector<unsigned> documented, Members members) {
    std::vector<std::vector<unsigned>> all;
    if (members == Members::reversed) std::ranges::reverse(documented);
    if (members != Members::shuffled)
        all.push_back(std::move(documented));
    else
        for (std::size_t i = 0; i < shuffles; ++i)
            all.push_back(shuffled(documented, i));
    return all;
}

} // namespace

ObjectLayout::ObjectLayout(std::span<const MemberName> members, unsigned depth,
                           const BodyOptions& options)
    : m_orders(orders(shown(members, options.extras), options.members)),
      m_closing(line_break(options, depth) + "}") {
    const std::string before = line_break(options, depth + 1) + '"';
    const std::string after = options.indent > 0 ? "\": " : "\":";
    for (const MemberName& member : members) {
        m_first.push_back(before + spelt(member.pascal, options.camel_case) + after);
        m_next.push_back(fmt::format(",{}", m_first.back()));
    }
}

std::span<const unsigned> ObjectLayout::order(std::uint64_t hash) const {
    return m_orders.size() == 1 ? m_orders.front() : m_orders[mix(hash) % m_orders.size()];
}

void ObjectLayout::open_member(std::string& out, unsigned member, bool is_first) const {
    out += is_first ? m_first[member] : m_next[member];
}

std::string line_break(const BodyOptions& options, unsigned depth) {
    if (options.indent == 0) return {};
    return fmt::format("\n{:{}}", "", options.indent * depth);
}

} // namespace simulator
