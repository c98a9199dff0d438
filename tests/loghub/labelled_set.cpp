#include "loghub/labelled_set.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace tidemark::loghub {
namespace {

/// The values of the next record; false at the end. Values in quotes may hold line breaks.
bool next_record(std::istream& csv, std::vector<std::string>& values) {
    values.assign(1, "");
    bool quoted = false;
    bool any = false;
    for (int next = csv.get(); next != EOF; next = csv.get()) {
        const char c = static_cast<char>(next);
        any = true;
        if (quoted && c == '"' && csv.peek() == '"') {
            values.back() += static_cast<char>(csv.get());
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            values.emplace_back();
        } else if (!quoted && c == '\n') {
            return true;
        } else if (quoted || c != '\r') {
            values.back() += c;
        }
    }
    return any;
}

std::size_t column(const std::vector<std::string>& head, const std::string& set,
                   const std::string& name) {
    const auto found = std::find(head.begin(), head.end(), name);
    if (found == head.end()) throw std::runtime_error(set + " has no column " + name);
    return static_cast<std::size_t>(found - head.begin());
}

} // namespace

LabelledSet read_set(std::string name, std::istream& csv) {
    LabelledSet set{.name = std::move(name), .messages = {}, .events = {}};
    std::vector<std::string> values;
    next_record(csv, values);
    const std::size_t content = column(values, set.name, "Content");
    const std::size_t event = column(values, set.name, "EventId");
    while (next_record(csv, values)) {
        if (values.size() <= std::max(content, event)) continue;
        set.messages.push_back(values[content]);
        set.events.push_back(values[event]);
    }
    return set;
}

std::vector<LabelledSet> read_sets(const std::filesystem::path& folder) {
    std::vector<LabelledSet> sets;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        std::ifstream csv(entry.path() / (name + "_2k.log_structured.csv"), std::ios::binary);
        if (csv) sets.push_back(read_set(name, csv));
    }
    std::sort(sets.begin(), sets.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    return sets;
}

} // namespace tidemark::loghub
