#include "learning/name_finding.hpp"

#include "learning/name_bounds.hpp"
#include "learning/vocabulary.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace tidemark {

std::string text_of(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i)
        text += tokens[i].text;
    return text;
}

namespace {

/// So many of the most frequent messages are compared with each other.
constexpr std::size_t most_alike_compared = 700;

/// Of so many tenths of a template's names a narrower template is as good.
constexpr std::size_t nearly_all = 7;

using Tokens = std::vector<Token>;

bool has_words_outside(const Tokens& tokens, std::size_t begin, std::size_t end) {
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if ((i < begin || i >= end) && tokens[i].kind == TokenKind::word) return true;
    return false;
}

class Finding {
public:
    Finding(const std::vector<AlikeMessages>& messages,
            const std::vector<std::string>& failure_words)
        : m_messages(messages), m_failure_words(failure_words) {
        m_order.resize(messages.size());
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
        std::sort(m_order.begin(), m_order.end(), [&](std::size_t left, std::size_t right) {
            const auto& a = messages[left];
            const auto& b = messages[right];
            return std::tuple{-a.lines, std::string_view{a.example}} <
                   std::tuple{-b.lines, std::string_view{b.example}};
        });
        if (m_order.size() > most_alike_compared) m_order.resize(most_alike_compared);
        for (const AlikeMessages& message : messages) {
            std::vector<std::uint32_t> words;
            for (const Token& token : message.tokens)
                words.push_back(number_of(alike(token)));
            m_words.push_back(std::move(words));
        }
    }

    std::vector<NameFamily> run() {
        compare();
        prune();
        choose();
        return families();
    }

private:
    /// A place where a name may stand: what stands around it, and what stands there.
    struct Edge {
        NamePlace place;
        std::uint32_t around = 0; ///< the template
        std::uint32_t name = 0;
        bool alive = true;
    };

    std::uint32_t number_of(std::string_view text) {
        return m_numbers
            .try_emplace(std::string{text}, static_cast<std::uint32_t>(m_numbers.size()))
            .first->second;
    }

    void compare() {
        std::set<NamePlace> places;
        for (std::size_t i = 0; i < m_order.size(); ++i)
            for (std::size_t j = i + 1; j < m_order.size(); ++j)
                compare(m_order[i], m_order[j], places);
        for (const NamePlace& place : places)
            add_edge(place);
    }

    void compare(std::size_t left, std::size_t right, std::set<NamePlace>& places) {
        const auto& a = m_words[left];
        const auto& b = m_words[right];
        const std::size_t most = std::min(a.size(), b.size());
        std::size_t before = 0;
        while (before < most && a[before] == b[before])
            ++before;
        std::size_t behind = 0;
        while (behind < most - before && a[a.size() - 1 - behind] == b[b.size() - 1 - behind])
            ++behind;
        if (before + behind == 0) return;
        offer({left, before, a.size() - behind}, places);
        offer({right, before, b.size() - behind}, places);
    }

    /// Also as what it is a part of: all that is enclosed, or what signs join to it.
    void offer(NamePlace place, std::set<NamePlace>& places) {
        const Tokens& tokens = m_messages[place.message].tokens;
        if (place.begin >= place.end) return;
        while (place.begin < place.end && tokens[place.begin].kind == TokenKind::space)
            ++place.begin;
        while (place.end > place.begin && tokens[place.end - 1].kind == TokenKind::space)
            --place.end;
        if (place.begin >= place.end || place.end - place.begin > longest_name_tokens) return;
        if (const auto whole = enclosure(tokens, place.begin, place.end)) {
            place.begin = whole->first;
            place.end = whole->second;
            add(place, places);
            return;
        }
        add(place, places);
        add({place.message, joined_before(tokens, place.begin),
             joined_behind(tokens, place.end, m_failure_words)},
            places);
    }

    void add(const NamePlace& place, std::set<NamePlace>& places) {
        const Tokens& tokens = m_messages[place.message].tokens;
        if (can_be_name(tokens, place.begin, place.end) &&
            has_words_outside(tokens, place.begin, place.end))
            places.insert(place);
    }

    void add_edge(const NamePlace& place) {
        const auto& words = m_words[place.message];
        std::string around;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (i == place.begin) around += "\x02";
            if (i < place.begin || i >= place.end)
                around.append(reinterpret_cast<const char*>(&words[i]), sizeof words[i]);
        }
        const auto [found, is_new] =
            m_around.try_emplace(around, static_cast<std::uint32_t>(m_around.size()));
        const auto name =
            number_of("\x03" + text_of(m_messages[place.message].tokens, place.begin, place.end));
        m_edges.push_back({.place = place, .around = found->second, .name = name});
    }

    using Counts = std::unordered_map<std::uint32_t, std::set<std::uint32_t>>;

    /// A name that stands in one kind of message only, and a kind that has one name only, say
    /// nothing; nor do those that are left when these are gone.
    void prune() {
        for (bool changed = true; changed;) {
            count();
            changed = false;
            for (Edge& edge : m_edges) {
                if (!edge.alive) continue;
                if (m_names_of[edge.around].size() >= 2 && m_kinds_of[edge.name].size() >= 2)
                    continue;
                edge.alive = false;
                changed = true;
            }
        }
    }

    void count() {
        m_names_of.clear();
        m_kinds_of.clear();
        for (const Edge& edge : m_edges) {
            if (!edge.alive) continue;
            m_names_of[edge.around].insert(edge.name);
            m_kinds_of[edge.name].insert(edge.around);
        }
    }

    /// Of each message the edge whose kind has most names.
    void choose() {
        std::map<std::size_t, std::vector<const Edge*>> by_message;
        for (const Edge& edge : m_edges)
            if (edge.alive) by_message[edge.place.message].push_back(&edge);
        for (auto& [message, edges] : by_message) {
            const Edge* best = edges.front();
            for (const Edge* edge : edges)
                if (is_better(*edge, *best)) best = edge;
            m_chosen.push_back(narrowed(best, edges));
        }
    }

    [[nodiscard]] std::size_t names(const Edge& edge) const {
        return m_names_of.at(edge.around).size();
    }

    [[nodiscard]] bool is_better(const Edge& edge, const Edge& than) const {
        const auto size = [](const Edge& of) { return of.place.end - of.place.begin; };
        return std::tuple{names(edge), size(edge)} > std::tuple{names(than), size(than)};
    }

    /// `of A` is `A` where nearly all names begin like that.
    const Edge* narrowed(const Edge* best, const std::vector<const Edge*>& edges) const {
        for (bool changed = true; changed;) {
            changed = false;
            for (const Edge* edge : edges) {
                const NamePlace& wide = best->place;
                const NamePlace& narrow = edge->place;
                if (edge == best || narrow.begin < wide.begin || narrow.end > wide.end) continue;
                if (names(*edge) * 10 < names(*best) * nearly_all) continue;
                const Tokens& tokens = m_messages[wide.message].tokens;
                if (!is_phrase(tokens, wide.begin, narrow.begin) ||
                    !is_phrase(tokens, narrow.end, wide.end))
                    continue;
                best = edge;
                changed = true;
                break;
            }
        }
        return best;
    }

    /// Lower-case words and white space: no part of a name that something else begins.
    static bool is_phrase(const Tokens& tokens, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            if (tokens[i].kind != TokenKind::space && !is_lower(tokens[i])) return false;
        return true;
    }

    /// The chosen edges by what stands around their names, with one part in quotes or brackets left
    /// out that says no outcome: such as the data source's name.
    std::map<std::string, std::vector<const Edge*>> but_for_one_part() const {
        std::map<std::string, std::vector<const Edge*>> groups;
        for (const Edge* edge : m_chosen) {
            const NamePlace& place = edge->place;
            const Tokens& tokens = m_messages[place.message].tokens;
            for (const auto& [begin, end] : enclosed_parts(tokens)) {
                if (end == begin || (begin < place.end && place.begin < end)) continue;
                if (find_outcome(text_of(tokens, begin, end), {}, m_failure_words).outcome)
                    continue;
                std::string key;
                for (std::size_t i = 0; i < tokens.size(); ++i) {
                    const bool left_out =
                        (i >= begin && i < end) || (i >= place.begin && i < place.end);
                    if (!left_out) key.append(alike(tokens[i]));
                    if (i == begin || i == place.begin) key += i == begin ? '\x02' : '\x03';
                }
                groups[key].push_back(edge);
            }
        }
        return groups;
    }

    std::vector<NameFamily> families() {
        std::map<std::uint32_t, std::uint32_t> family_of_name;
        std::map<std::uint32_t, std::vector<const Edge*>> by_around;
        for (const Edge* edge : m_chosen)
            by_around[edge->around].push_back(edge);
        std::map<std::uint32_t, std::uint32_t> parent;
        const auto root = [&](std::uint32_t name) {
            while (parent.try_emplace(name, name).first->second != name)
                name = parent[name];
            return name;
        };
        for (const auto& [around, edges] : by_around)
            for (const Edge* edge : edges)
                parent[root(edge->name)] = root(edges.front()->name);
        for (const auto& [key, edges] : but_for_one_part())
            for (const Edge* edge : edges)
                parent[root(edge->name)] = root(edges.front()->name);
        std::map<std::uint32_t, NameFamily> found;
        for (const Edge* edge : m_chosen) {
            NameFamily& family = found[root(edge->name)];
            const NamePlace& place = edge->place;
            family.names.insert(text_of(m_messages[place.message].tokens, place.begin, place.end));
            family.places.push_back(place);
        }
        std::vector<NameFamily> sorted;
        for (auto& [name, family] : found)
            sorted.push_back(std::move(family));
        const auto lines = [&](const NameFamily& family) {
            std::int64_t sum = 0;
            for (const NamePlace& place : family.places)
                sum += m_messages[place.message].lines;
            return sum;
        };
        std::stable_sort(
            sorted.begin(), sorted.end(),
            [&](const NameFamily& a, const NameFamily& b) { return lines(a) > lines(b); });
        return sorted;
    }

    const std::vector<AlikeMessages>& m_messages;
    const std::vector<std::string>& m_failure_words;
    std::vector<std::size_t> m_order; ///< messages, the most frequent first
    std::vector<std::vector<std::uint32_t>> m_words;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::unordered_map<std::string, std::uint32_t> m_around;
    std::vector<Edge> m_edges;
    Counts m_names_of; ///< by kind
    Counts m_kinds_of; ///< by name
    std::vector<const Edge*> m_chosen;
};

} // namespace

std::vector<NameFamily> find_names(const std::vector<AlikeMessages>& messages,
                                   const std::vector<std::string>& failure_words) {
    return Finding(messages, failure_words).run();
}

NamePlace place_of_name(const AlikeMessages& message, const std::set<std::string>& names) {
    constexpr std::size_t looked_at = 200;
    const Tokens& tokens = message.tokens;
    const std::size_t count = std::min(tokens.size(), looked_at);
    std::vector<std::size_t> begins; // where a name begins with the same word
    for (std::size_t begin = 0; begin < count; ++begin) {
        const auto name = names.lower_bound(std::string{tokens[begin].text});
        if (name != names.end() && name->starts_with(tokens[begin].text)) begins.push_back(begin);
    }
    for (std::size_t size = std::min(count, longest_name_tokens); size > 0; --size) {
        for (const std::size_t begin : begins) {
            if (begin + size > count) continue;
            if (names.contains(text_of(tokens, begin, begin + size)))
                return {.message = 0, .begin = begin, .end = begin + size};
        }
    }
    return {};
}

} // namespace tidemark
