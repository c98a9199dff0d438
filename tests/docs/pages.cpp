#include "docs/pages.hpp"

#include "support/files.hpp"

#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace tidemark::test {
namespace {

constexpr std::string_view fence = "```";

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream in{std::string{text}};
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// How many # a heading has; 0 for another line.
std::size_t level_of(std::string_view line) {
    const auto level = line.find_first_not_of('#');
    return level != std::string_view::npos && line[level] == ' ' ? level : 0;
}

bool is_rule(std::string_view line) { return line.starts_with("| ---"); }

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    line.remove_prefix(1);
    for (auto end = line.find('|'); end != std::string_view::npos; end = line.find('|')) {
        cells.emplace_back(trimmed(line.substr(0, end)));
        line.remove_prefix(end + 1);
    }
    return cells;
}

} // namespace

std::string readme() { return read_file(TIDEMARK_REPOSITORY "/README.md"); }

std::string page(const std::string& name) { return read_file(TIDEMARK_REPOSITORY "/docs/" + name); }

std::map<std::string, std::string> all_pages() {
    namespace fs = std::filesystem;
    const fs::path root = TIDEMARK_REPOSITORY;
    std::map<std::string, std::string> pages;
    const auto add = [&](const fs::directory_entry& entry) {
        if (entry.path().extension() != ".md") return;
        pages.emplace(fs::relative(entry.path(), root).string(), read_file(entry.path()));
    };
    for (const auto& entry : fs::directory_iterator(root))
        add(entry);
    for (const std::string folder : {"docs", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            add(entry);
    }
    return pages;
}

std::vector<std::string> headings(std::string_view text) {
    std::vector<std::string> found;
    bool in_block = false;
    for (const std::string& line : lines_of(text)) {
        if (trimmed(line).starts_with(fence)) in_block = !in_block;
        const auto level = in_block ? 0 : level_of(line);
        if (level > 0) found.push_back(line.substr(level + 1));
    }
    return found;
}

std::string section(std::string_view text, std::string_view heading) {
    std::string found;
    bool inside = false;
    bool in_block = false;
    for (const std::string& line : lines_of(text)) {
        if (trimmed(line).starts_with(fence)) in_block = !in_block;
        const auto level = in_block ? 0 : level_of(line);
        if (inside && level > 0 && level <= level_of(heading)) return found;
        if (!in_block && line == heading) inside = true;
        if (inside) found += line + "\n";
    }
    if (!inside) throw std::runtime_error("no heading " + std::string{heading});
    return found;
}

std::set<std::string> code_words(std::string_view text) {
    std::set<std::string> words;
    for (auto open = text.find('`'); open != std::string_view::npos; open = text.find('`')) {
        text.remove_prefix(open + 1);
        const auto close = text.find('`');
        if (close == std::string_view::npos) break;
        words.emplace(text.substr(0, close));
        text.remove_prefix(close + 1);
    }
    return words;
}

std::vector<std::string> code_blocks(std::string_view text, std::string_view language) {
    std::vector<std::string> blocks;
    bool inside = false;
    for (const std::string& line : lines_of(text)) {
        const auto content = trimmed(line);
        if (inside && content == fence) {
            inside = false;
        } else if (inside) {
            blocks.back() += line + "\n";
        } else if (content == std::string{fence} + std::string{language}) {
            inside = true;
            blocks.emplace_back();
        }
    }
    return blocks;
}

std::vector<std::vector<std::string>> table_rows(std::string_view text) {
    std::vector<std::vector<std::string>> rows;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].starts_with('|') || is_rule(lines[i])) continue;
        const bool is_head = i + 1 < lines.size() && is_rule(lines[i + 1]);
        if (!is_head) rows.push_back(cells_of(lines[i]));
    }
    return rows;
}

std::vector<std::string> table_row(std::string_view text, std::string_view first) {
    std::vector<std::string> found;
    for (auto& row : table_rows(text)) {
        if (row.front() != first) continue;
        if (!found.empty()) throw std::runtime_error("two rows for " + std::string{first});
        found = std::move(row);
    }
    if (found.empty()) throw std::runtime_error("no row for " + std::string{first});
    return found;
}

} // namespace tidemark::test
