#include "warehouse/dictionary.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::string_view dictionary_folder = "schema/dictionary/";

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (auto bar = line.find('|'); bar != std::string_view::npos; bar = line.find('|')) {
        fields.push_back(without_blanks(line.substr(0, bar)));
        line.remove_prefix(bar + 1);
    }
    fields.push_back(without_blanks(line));
    return fields;
}

/// `name] description`, behind the bracket that opens it.
std::pair<std::string_view, std::string_view> heading_of(std::string_view line) {
    const auto close = line.find(']');
    if (close == std::string_view::npos) return {};
    return {line.substr(0, close), without_blanks(line.substr(close + 1))};
}

} // namespace

std::string to_text(const ColumnNote& note) {
    std::string text{note.meaning};
    if (!note.unit.empty()) text += fmt::format("; unit: {}", note.unit);
    text += note.null.empty() ? "; never null" : fmt::format("; null: {}", note.null);
    if (!note.example.empty()) text += fmt::format("; example: {}", note.example);
    return text;
}

std::vector<SqlFile> Dictionary::files() {
    std::vector<SqlFile> files;
    std::ranges::copy_if(sql_files(), std::back_inserter(files), [](const SqlFile& file) {
        return file.path.starts_with(dictionary_folder);
    });
    return files;
}

Dictionary::Dictionary(std::span<const SqlFile> files) {
    for (const SqlFile& file : files) {
        if (file.path.starts_with(dictionary_folder)) read(file);
    }
}

void Dictionary::read(const SqlFile& file) {
    std::string_view relation;
    int number = 0;
    for (std::string_view rest = file.text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = without_blanks(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        bool is_new = false;
        if (line.starts_with('[')) {
            const auto [name, description] = heading_of(line.substr(1));
            relation = name;
            is_new = !name.empty() && m_tables.emplace(name, description).second;
        } else if (const auto fields = fields_of(line); fields.size() == 5) {
            const ColumnNote note{fields[1], fields[2], fields[3], fields[4]};
            is_new = !note.meaning.empty() &&
                     m_columns.emplace(std::pair{relation, fields[0]}, note).second;
        }
        if (!is_new)
            throw Error(fmt::format("{}:{}: neither '[table] …' nor 'column | meaning | unit | null"
                                    " | example', or a second entry",
                                    file.path, number));
    }
}

std::string_view Dictionary::table(std::string_view name) const {
    const auto found = m_tables.find(name);
    return found == m_tables.end() ? std::string_view{} : found->second;
}

const ColumnNote* Dictionary::column(std::string_view relation, std::string_view name) const {
    for (const std::string_view place : {relation, std::string_view{}}) {
        const auto found = m_columns.find({place, name});
        if (found != m_columns.end()) return &found->second;
    }
    return nullptr;
}

std::set<std::pair<std::string_view, std::string_view>> Dictionary::entries() const {
    std::set<std::pair<std::string_view, std::string_view>> entries;
    for (const auto& [place, note] : m_columns)
        entries.insert(place);
    return entries;
}

} // namespace tidemark
