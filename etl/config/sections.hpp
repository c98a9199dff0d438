#pragma once

#include "config/config.hpp"
#include "config/fields.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// A section of the configuration is declared once, as a list of keys: it is read by that list, and
/// `config_keys()` lists it, so that the two cannot drift apart.
namespace tidemark {
/// A key of a table, and the way of its value into the section that the table becomes.
template <typename Section> struct SectionKey {
    std::string name;
    std::function<void(const Field&, Section&)> read;
    std::vector<std::string> inner; ///< the dotted keys of the table that it is, if it is one
};

template <typename Section> using Keys = std::vector<SectionKey<Section>>;

/// Throws ConfigError for a key that its table does not know, with what was probably meant.
[[noreturn]] void fail_unknown(const Field& field, const std::string& key,
                               const std::vector<std::string>& siblings);

/// Throws ConfigError when the table lacks the key.
void require(const Field& table, std::string_view key);

/// A key whose value `read` turns into a member of the section.
template <typename Section, typename Member, typename Read>
SectionKey<Section> key(std::string name, Member Section::*member, Read read) {
    return {std::move(name), [member, read](const Field& field, Section& section) {
                section.*member = read(field);
            }};
}

template <typename Section> std::vector<std::string> names_of(const Keys<Section>& keys) {
    std::vector<std::string> names;
    for (const auto& key : keys)
        names.push_back(key.name);
    return names;
}

/// The dotted names of the keys, those of their tables included.
template <typename Section> std::vector<std::string> dotted_names(const Keys<Section>& keys) {
    std::vector<std::string> names;
    for (const auto& key : keys) {
        if (key.inner.empty()) names.push_back(key.name);
        for (const auto& inner : key.inner)
            names.push_back(key.name + "." + inner);
    }
    return names;
}

template <typename Section>
void read_table(const Field& table, const Keys<Section>& keys, Section& section) {
    for (const Member& member : read_members(table)) {
        const auto known = std::find_if(keys.begin(), keys.end(), [&](const auto& candidate) {
            return candidate.name == member.key;
        });
        if (known == keys.end()) fail_unknown(table.at(member), member.key, names_of(keys));
        known->read(table.at(member), section);
    }
}

/// A table that becomes a member of the section.
template <typename Section, typename Inner>
SectionKey<Section> table_key(std::string name, Inner Section::*member, const Keys<Inner>& keys) {
    return {std::move(name),
            [member, keys](const Field& field, Section& section) {
                read_table(field, keys, section.*member);
            },
            dotted_names(keys)};
}

/// `[[name]]`, once per element of a member. `required` must stand in each.
template <typename Section, typename Inner>
SectionKey<Section> tables_key(std::string name, std::vector<Inner> Section::*member,
                               const Keys<Inner>& keys, const std::string& required) {
    return {std::move(name),
            [member, keys, required](const Field& field, Section& section) {
                for (const Field& element : read_tables(field)) {
                    Inner inner;
                    read_table(element, keys, inner);
                    require(element, required);
                    (section.*member).push_back(std::move(inner));
                }
            },
            dotted_names(keys)};
}

Keys<SourceConfig> source_keys();
Keys<WarehouseConfig> warehouse_keys();
Keys<SyncConfig> sync_keys();
Keys<AttributionConfig> attribution_keys();
Keys<ArchiveConfig> archive_keys();
Keys<MetricsConfig> metrics_keys();
Keys<PingConfig> ping_keys();

Keys<AlertConfig> alert_keys();
Keys<ReportConfig> report_keys();

/// Those that may stand in a file that `attribution.include` names.
Keys<AttributionConfig> included_keys();

/// `[[attribution.test]]`.
SectionKey<AttributionConfig> attribution_tests_key();

/// `[freshness]`: `default`, and any data source's name.
SectionKey<Config> freshness_key();

/// What only the whole `[source]` can tell: that there is a base URL, and that it is safe. `root`
/// is the document. Throws ConfigError.
void check_source(const Field& root, const SourceConfig& source);

} // namespace tidemark
