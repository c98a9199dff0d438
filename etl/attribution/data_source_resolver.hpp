#pragma once

#include "attribution/task_runs.hpp"
#include "text/regex.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tidemark {
/// The words of a name, in lower case: runs of letters and digits of any alphabet, in UTF-8. What
/// stands between them (spaces, punctuation, dashes, `_`) is left out.
std::vector<std::string> words_of(std::string_view text);

/// Whether `in` contains `words` as a run.
bool contains_words(const std::vector<std::string>& in, const std::vector<std::string>& words);

/// Finds the data source of a task, as `Attribution::source_of` describes. Caches the results that
/// depend on the task's name alone. One thread at a time.
class DataSourceResolver {
public:
    explicit DataSourceResolver(const AttributionConfig& config);

    SourceOfTask source_of(const TaskOfMessage& task);

private:
    struct Convention {
        Pattern pattern;
        std::string attributed_by;
    };
    struct KnownName {
        std::vector<std::string> words;
        std::size_t length; ///< bytes of all words
        std::string source;
        std::string attributed_by;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Remembered = std::unordered_map<std::string, SourceOfTask, TextHash, std::equal_to<>>;

    void add_known(const KnownSource& known, const std::string& name);
    [[nodiscard]] std::optional<SourceOfTask> by_entry(const TaskOfMessage& task) const;
    [[nodiscard]] SourceOfTask by_name(std::string_view task) const;
    [[nodiscard]] std::optional<SourceOfTask> by_convention(std::string_view task) const;
    [[nodiscard]] std::optional<SourceOfTask> by_known(std::string_view task) const;

    std::map<std::string, std::vector<ExplicitSource>, std::less<>> m_explicit;
    std::vector<Convention> m_conventions;
    std::vector<KnownName> m_known;
    Remembered m_remembered;
};

} // namespace tidemark
