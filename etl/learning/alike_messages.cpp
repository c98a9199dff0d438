#include "learning/alike_messages.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace tidemark {
namespace {

/// The words with numbers that are seen in more than one execution.
std::set<std::string, std::less<>> recurring_words(const std::vector<std::string>& messages,
                                                   const std::vector<MessageOfLine>& lines) {
    std::vector<std::pair<std::size_t, std::uint64_t>> executions; // of a message
    for (const MessageOfLine& line : lines)
        executions.emplace_back(line.message, line.execution);
    std::sort(executions.begin(), executions.end());
    executions.erase(std::unique(executions.begin(), executions.end()), executions.end());
    std::map<std::string, std::uint64_t, std::less<>> first;
    std::set<std::string, std::less<>> recurring;
    for (const auto& [message, of] : executions) {
        each_numbered_word(messages[message], [&, execution = of](std::string_view word) {
            const auto found = first.find(word);
            if (found == first.end()) {
                first.emplace(word, execution);
            } else if (found->second != execution) {
                recurring.emplace(word);
            }
        });
    }
    return recurring;
}

void add_forms(AlikeMessages& group, const std::vector<Token>& tokens) {
    constexpr std::size_t most_forms = 20;
    for (std::size_t t = 0; t < tokens.size(); ++t)
        if (tokens[t].varies() && group.forms[t].size() < most_forms)
            group.forms[t].insert(form_of(tokens[t].text));
}

} // namespace

AlikeGroups group_alike(const std::vector<std::string>& messages,
                        const std::vector<MessageOfLine>& lines) {
    const auto recurring = recurring_words(messages, lines);
    const IsName is_name = [&](std::string_view word) { return recurring.contains(word); };
    std::vector<std::int64_t> count(messages.size());
    for (const MessageOfLine& line : lines)
        ++count[line.message];
    AlikeGroups found;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::vector<Token> tokens = tokens_of(messages[i], is_name);
        std::string key;
        for (const Token& token : tokens)
            key.append(alike(token)) += '\x04';
        const auto [place, is_new] = places.try_emplace(key, found.groups.size());
        if (is_new) {
            AlikeMessages& group = found.groups.emplace_back();
            group.example = messages[i];
            group.forms.resize(tokens.size());
        }
        found.groups[place->second].lines += count[i];
        add_forms(found.groups[place->second], tokens);
        found.group_of.push_back(place->second);
    }
    for (AlikeMessages& group : found.groups) // which no longer moves
        group.tokens = tokens_of(group.example, is_name);
    return found;
}

} // namespace tidemark
