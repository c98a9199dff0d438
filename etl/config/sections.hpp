#pragma once

#include "config/config.hpp"
#include "config/fields.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// Each section of the configuration is declared once, as a list of keys. Reading and
/// `config_keys()` both use this list, so they always agree.
namespace tidemark {
/// A key of a table, and the function that stores its value in the section.
template <typename Section> struct SectionKey {
    std::string name;
    std::function<void(const Field&, Section&)> read;
    std::vector<std::string> inner; ///< the dotted keys of its table, if the value is a table
};

template <typename Section> using Keys = std::vector<SectionKey<Section>>;

/// Throws ConfigError for an unknown key, with the most similar known key as a suggestion.
[[noreturn]] void fail_unknown(const Field& field, const std::string& key,
                               const std::vector<std::string>& siblings);

/// Throws ConfigError when the table lacks the key.
void require(const Field& table, std::string_view key);

/// A key whose value is read with `read` and stored in a member of the section.
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

/// The dotted names of the keys, with the keys of their tables.
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

/// A table that is stored in a member of the section.
template <typename Section, typename Inner>
SectionKey<Section> table_key(std::string name, Inner Section::*member, const Keys<Inner>& keys) {
    return {std::move(name),
            [member, keys](const Field& field, Section& section) {
                read_table(field, keys, section.*member);
            },
            dotted_names(keys)};
}

/// An array of tables (`[[name]]`) that is stored in a member of the section. Each table must
/// contain the key `required`.
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

/// The keys that are allowed in the file of `attribution.include`.
Keys<AttributionConfig> included_keys();

/// `[[attribution.test]]`.
SectionKey<AttributionConfig> attribution_tests_key();

/// `[freshness]`: `default`, and any data source's name.
SectionKey<Config> freshness_key();

/// `[schedule]`: any job's name or id.
SectionKey<Config> schedule_key();

/// Checks the keys of `[source]` together: there is a base URL, and it is safe. `root` is the
/// document. Throws ConfigError.
void check_source(const Field& root, const SourceConfig& source);

} // namespace tidemark
