#pragma once

#include "attribution/attribution.hpp"
#include "attribution/pattern.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tidemark {

/// From a task to its data source: explicit, said by the message, by convention, none. Remembers
/// what the conventions said of a name. One thread at a time.
class SourceLadder {
public:
    explicit SourceLadder(const AttributionConfig& config);

    SourceOfTask source_of(std::string_view task, std::optional<std::string_view> said);

private:
    struct Convention {
        Pattern pattern;
        std::string attributed_by;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Remembered = std::unordered_map<std::string, SourceOfTask, TextHash, std::equal_to<>>;

    [[nodiscard]] SourceOfTask by_convention(std::string_view task) const;

    std::map<std::string, std::string, std::less<>> m_explicit;
    std::vector<Convention> m_conventions;
    Remembered m_remembered;
};

} // namespace tidemark
