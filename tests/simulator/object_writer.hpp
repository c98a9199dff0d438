#pragma once

#include "simulator/options.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// A member that an object may have.
struct MemberName {
    std::string_view pascal;
    bool is_extra = false; ///< shown only with BodyOptions::extras
};

/// The layout of one kind of object: which members it has, in which order, how they are spelt and
/// indented. All texts are made beforehand.
class ObjectLayout {
public:
    /// `depth`: how many levels of nesting the object stands in.
    ObjectLayout(std::span<const MemberName> members, unsigned depth, const BodyOptions& options);

    /// Members by their number in `members`, in the order in which to write those of the object
    /// that `hash` stands for.
    [[nodiscard]] std::span<const unsigned> order(std::uint64_t hash) const;

    /// `"Name":` with the comma and the white space before it.
    void open_member(std::string& out, unsigned member, bool is_first) const;

    void open(std::string& out) const { out += '{'; }
    void close(std::string& out) const { out += m_closing; }

private:
    std::vector<std::vector<unsigned>> m_orders; ///< to choose from
    std::vector<std::string> m_first;            ///< by member
    std::vector<std::string> m_next;             ///< by member
    std::string m_closing;
};

/// A line break and the white space of a level; nothing without indentation.
std::string line_break(const BodyOptions& options, unsigned depth);

} // namespace simulator
