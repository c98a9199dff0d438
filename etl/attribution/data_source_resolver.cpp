#include "attribution/data_source_resolver.hpp"

#include "model/job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>

namespace tidemark {
namespace {

/// A character of UTF-8 and the bytes that it is made of.
struct Character {
    std::uint32_t code;
    std::string_view bytes;
};

/// The first character. A byte that is no UTF-8 is a character by itself, without a code.
Character first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0x80) return {lead, text.substr(0, 1)};
    if (lead < 0xC0 || size > text.size()) return {0, text.substr(0, 1)};
    std::uint32_t code = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) != 0x80U) return {0, text.substr(0, 1)};
        code = code << 6U | (byte & 0x3FU);
    }
    return {code, text.substr(0, size)};
}

bool is_between(std::uint32_t code, std::uint32_t first, std::uint32_t last) {
    return code >= first && code <= last;
}

/// Letters and digits are everything but ASCII's and Latin-1's signs and the punctuation blocks.
bool is_word(std::uint32_t code) {
    if (code == 0) return true;
    if (code < 0x80) {
        return is_between(code, '0', '9') || is_between(code, 'A', 'Z') ||
               is_between(code, 'a', 'z');
    }
    if (code == 0xAA || code == 0xB5 || code == 0xBA) return true; // ª µ º
    if (code <= 0xBF || code == 0xD7 || code == 0xF7) return false;
    return !is_between(code, 0x2000, 0x2BFF) && !is_between(code, 0x3000, 0x303F);
}

/// Of the alphabets whose letters come in two cases at a fixed distance.
std::uint32_t lower(std::uint32_t code) {
    if (is_between(code, 'A', 'Z') || is_between(code, 0xC0, 0xDE)) return code + 0x20;
    if (is_between(code, 0x391, 0x3A9) || is_between(code, 0x410, 0x42F)) return code + 0x20;
    if (is_between(code, 0x400, 0x40F)) return code + 0x50;
    // Latin Extended-A pairs upper and lower, in two stretches with the odd one first
    if (is_between(code, 0x139, 0x148) || is_between(code, 0x179, 0x17E)) return code + code % 2;
    if (is_between(code, 0x100, 0x177)) return code | 1U;
    return code;
}

void append(std::string& to, const Character& character) {
    const std::uint32_t code = lower(character.code);
    if (code == character.code) {
        to += character.bytes;
    } else if (code < 0x80) {
        to += static_cast<char>(code);
    } else { // every letter that `lower` changes has two bytes
        to += static_cast<char>(0xC0U | code >> 6U);
        to += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

} // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool in_word = false;
    while (!text.empty()) {
        const Character character = first_of(text);
        text.remove_prefix(character.bytes.size());
        const bool belongs = is_word(character.code);
        if (belongs && !in_word) words.emplace_back();
        if (belongs) append(words.back(), character);
        in_word = belongs;
    }
    return words;
}

bool contains_words(const std::vector<std::string>& in, const std::vector<std::string>& words) {
    return !words.empty() &&
           std::search(in.begin(), in.end(), words.begin(), words.end()) != in.end();
}

namespace {

/// One source is the answer; several of equal standing are none.
SourceOfTask one_of(const std::set<std::string>& sources, std::string attributed_by) {
    if (sources.size() == 1) return {*sources.begin(), std::move(attributed_by)};
    return {std::nullopt, fmt::format("ambiguous: '{}'", fmt::join(sources, "' or '"))};
}

/// Whether an entry is narrowed to jobs of which this may be one.
bool is_narrowed_to(const ExplicitSource& entry, const Job* job) {
    return entry.job && (job == nullptr || matches_job(*entry.job, *job));
}

} // namespace

DataSourceResolver::DataSourceResolver(const AttributionConfig& config) {
    for (const ExplicitSource& entry : config.sources)
        m_explicit[entry.task].push_back(entry);
    for (const ConventionConfig& convention : config.conventions) {
        m_conventions.push_back(
            {Pattern{convention.pattern}, fmt::format("convention '{}'", convention.pattern)});
    }
    for (const KnownSource& known : config.known) {
        add_known(known, known.name);
        for (const std::string& name : known.short_names)
            add_known(known, name);
    }
}

void DataSourceResolver::add_known(const KnownSource& known, const std::string& name) {
    KnownName entry{words_of(name), 0, known.name, fmt::format("known '{}'", name)};
    for (const std::string& word : entry.words)
        entry.length += word.size();
    m_known.push_back(std::move(entry));
}

SourceOfTask DataSourceResolver::source_of(const TaskOfMessage& task) {
    constexpr std::size_t most_remembered = 10'000;
    if (auto source = by_entry(task)) return *std::move(source);
    if (task.source && !task.source->empty()) return {std::string{*task.source}, "message"};
    if (task.kind == TaskKind::execution_package) return {std::nullopt, "none"};
    const auto known = m_remembered.find(task.name);
    if (known != m_remembered.end()) return known->second;
    if (m_remembered.size() >= most_remembered) m_remembered.clear();
    return m_remembered.emplace(task.name, by_name(task.name)).first->second;
}

std::optional<SourceOfTask> DataSourceResolver::by_entry(const TaskOfMessage& task) const {
    const auto entries = m_explicit.find(task.name);
    if (entries == m_explicit.end()) return std::nullopt;
    std::set<std::string> narrowed;
    std::set<std::string> of_all_jobs;
    for (const ExplicitSource& entry : entries->second) {
        if (is_narrowed_to(entry, task.job)) narrowed.insert(entry.source);
        if (!entry.job) of_all_jobs.insert(entry.source);
    }
    if (narrowed.empty() && of_all_jobs.empty()) return std::nullopt;
    return one_of(narrowed.empty() ? of_all_jobs : narrowed, "explicit");
}

SourceOfTask DataSourceResolver::by_name(std::string_view task) const {
    if (auto source = by_convention(task)) return *std::move(source);
    return by_known(task).value_or(SourceOfTask{std::nullopt, "none"});
}

std::optional<SourceOfTask> DataSourceResolver::by_convention(std::string_view task) const {
    for (const Convention& convention : m_conventions) {
        const auto found = convention.pattern.find(task);
        if (found && !found->source.empty()) {
            return SourceOfTask{std::string{found->source}, convention.attributed_by};
        }
    }
    return std::nullopt;
}

std::optional<SourceOfTask> DataSourceResolver::by_known(std::string_view task) const {
    const auto words = words_of(task);
    const KnownName* longest = nullptr;
    std::set<std::string> sources;
    for (const KnownName& name : m_known) {
        if (!contains_words(words, name.words)) continue;
        if (longest != nullptr && name.length < longest->length) continue;
        if (longest == nullptr || name.length > longest->length) {
            longest = &name;
            sources.clear();
        }
        sources.insert(name.source);
    }
    if (longest == nullptr) return std::nullopt;
    return one_of(sources, longest->attributed_by);
}

} // namespace tidemark
