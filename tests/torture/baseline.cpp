#include "torture/baseline.hpp"

#include "archive/contents.hpp"
#include "archive/manifest.hpp"
#include "support/neutral_rows.hpp"
#include "torture/kill.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/statement.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>

namespace tidemark::torture {
namespace {

using test::run_sql;
using test::Workspace;

/// Nights in which some executions of the simulator's run.
constexpr std::string_view first_night = "2026-10-20T03:06:00";
constexpr std::string_view next_night = "2026-10-21T03:06:00";

/// Copies what the first schema file has columns for, table by table: `columns_of` names those.
void copy_rows(const std::function<std::string(const std::string& table)>& columns_of,
               const std::function<void(const std::string& sql)>& execute) {
    for (const std::string& table : copied_tables()) {
        const std::string columns = columns_of(table);
        if (columns.empty()) continue; // a later file's table
        execute(fmt::format("INSERT INTO {0} ({1}) SELECT {1} FROM whole.{0}", table, columns));
    }
}

void apply_first_file(const Workspace& workspace) {
    const auto warehouse = workspace.open(OpenMode::create);
    warehouse->apply(schema_files_of(warehouse->dialect()).front(), system_now());
}

void fill_from_file(const Workspace& workspace, const std::filesystem::path& whole) {
    sqlite::Connection file(workspace / "tidemark.db", sqlite::Access::existing);
    file.execute(fmt::format("ATTACH '{}' AS whole", whole.string()));
    const auto columns_of = [&](const std::string& table) {
        std::string columns;
        sqlite::Statement(
            file,
            fmt::format("SELECT group_concat(name) FROM pragma_table_info('{}', 'main')", table))
            .each([&](const sqlite::Row& row) { columns = row.string(0); });
        return columns;
    };
    copy_rows(columns_of, [&](const std::string& sql) { file.execute(sql); });
}

void fill_from_schema(const std::string& url) {
    const auto columns_of = [&](const std::string& table) {
        return run_sql(url, "SELECT string_agg(column_name, ',') FROM information_schema.columns"
                            " WHERE table_schema = 'tidemark' AND table_name = '" +
                                table + "'");
    };
    copy_rows(columns_of,
              [&](const std::string& sql) { run_sql(url, "SET search_path = tidemark; " + sql); });
}

std::string words_of(Work work) {
    switch (work) {
    case Work::migration: return "migrate";
    case Work::attribution: return "attribute";
    case Work::first_load:
    case Work::next_night:
    case Work::archived_load:
    case Work::archived_night: break;
    }
    return "sync";
}

std::filesystem::path archive_of(const Workspace& workspace) { return workspace / "archive"; }

std::vector<std::string> damage_of(const std::filesystem::path& archive) {
    std::vector<std::string> faults;
    for (const FileCheck& file : check_archive(archive))
        faults.insert(faults.end(), file.faults.begin(), file.faults.end());
    return faults;
}

/// By table, what must be in the archive of what is stored: that a version is later changes
/// neither.
std::vector<std::string> ids_of(const Workspace& workspace) {
    std::vector<std::string> ids;
    const auto warehouse = workspace.open();
    if (warehouse->schema().kind != SchemaKind::ours) return ids;
    for (const Row& row : read_rows(*warehouse, "execution")) {
        ids.push_back("execution " + row.text("execution_id"));
        if (row.text("state") != "running") ids.push_back("end of " + row.text("execution_id"));
    }
    for (const Row& row : read_rows(*warehouse, "execution_log"))
        ids.push_back("line " + row.text("log_id"));
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// Rows that a warehouse built out of an archive has too: of watermarks, only the syncs know all.
std::vector<std::string> without_memory(std::vector<std::string> rows) {
    std::erase_if(rows, [](const std::string& row) {
        return row.starts_with("watermark ") || row.starts_with("organisation ");
    });
    return rows;
}

/// What a watermark remembers of an archive holds an id, which each archive draws for itself: that
/// it remembers one is what counts.
void forget_settings(std::vector<std::string>& rows) {
    for (std::string& row : rows) {
        if (!row.starts_with("watermark ")) continue;
        const std::string member = "read_settings=";
        const auto begin = row.find(member) + member.size();
        const auto end = row.find(' ', begin);
        if (end != begin) row.replace(begin, end - begin, "set");
    }
}

void require_whole(const test::Ran& ran) {
    if (ran.exit_code != 0) throw std::runtime_error("an undisturbed run failed: " + ran.err);
}

} // namespace

Baseline::Baseline(std::string_view backend, Work work, const test::Simulator& simulator,
                   test::PostgresServer* server)
    : m_backend(backend),
      m_work(work),
      m_simulator(simulator),
      m_server(server),
      m_words{words_of(work)} {
    if (!begins_with_nothing()) load_first_night();
    if (work == Work::migration) keep_first_schema_alone();
    set_clock();
    measure();
}

bool Baseline::begins_with_nothing() const {
    return m_work == Work::first_load || m_work == Work::archived_load;
}

void Baseline::set_clock() const {
    const bool is_next = m_work == Work::next_night || m_work == Work::archived_night;
    m_simulator.send(fmt::format("clock?now={}", is_next ? next_night : first_night));
}

void Baseline::load_first_night() {
    m_simulator.send(fmt::format("clock?now={}", first_night));
    m_template.emplace(begin());
    require_whole(m_template->run({"sync"}));
    const auto executions = read_rows(*m_template->open(), "execution");
    if (std::none_of(executions.begin(), executions.end(),
                     [](const Row& row) { return row.text("state") == "running"; }))
        throw std::runtime_error("nothing runs in the first night");
    m_database.clear(); // the template stays
}

void Baseline::keep_first_schema_alone() {
    const Workspace& whole = *m_template;
    if (m_backend == "sqlite") {
        std::filesystem::rename(whole / "tidemark.db", whole / "whole.db");
        apply_first_file(whole);
        fill_from_file(whole, whole / "whole.db");
    } else {
        run_sql(whole.warehouse.url, "ALTER SCHEMA tidemark RENAME TO whole");
        apply_first_file(whole);
        fill_from_schema(whole.warehouse.url);
        run_sql(whole.warehouse.url, "DROP SCHEMA whole CASCADE");
    }
}

Workspace Baseline::begin(const std::string& place) {
    ++m_rounds;
    Workspace workspace = m_backend == "postgres" ? begin_in_server(place) : begin_in_file(place);
    if (m_work == Work::attribution && m_template) workspace.change_rules();
    if (keeps_archive(m_work)) {
        workspace.keep_archive();
        if (m_template)
            std::filesystem::copy(archive_of(*m_template), archive_of(workspace),
                                  std::filesystem::copy_options::recursive);
    }
    return workspace;
}

Workspace Baseline::begin_in_file(const std::string& place) {
    const auto workspace_of = [&](const std::filesystem::path& file) {
        return Workspace(m_simulator.url(), "sqlite:" + file.string());
    };
    if (place.empty()) {
        Workspace workspace = workspace_of("tidemark.db");
        if (m_template)
            std::filesystem::copy_file(*m_template / "tidemark.db", workspace / "tidemark.db");
        return workspace;
    }
    const auto file = std::filesystem::path{place} / fmt::format("round_{}.db", m_rounds);
    if (m_template) std::filesystem::copy_file(*m_template / "tidemark.db", file);
    return workspace_of(file);
}

Workspace Baseline::begin_in_server(const std::string& place) {
    const auto run = [&](const std::string& sql) { test::run_sql_alone(sql, *m_server); };
    if (!m_database.empty()) run(fmt::format("DROP DATABASE {} WITH (FORCE)", m_database));
    m_database = fmt::format("torture_{}_{}", static_cast<int>(m_work), m_rounds);
    std::string create = "CREATE DATABASE " + m_database;
    if (m_template) {
        const std::string& url = m_template->warehouse.url;
        create += " TEMPLATE " + url.substr(url.rfind('/') + 1);
    }
    if (!place.empty()) create += " TABLESPACE " + place;
    run(create);
    return {m_simulator.url(), m_server->url(m_database)};
}

void Baseline::drop_tablespace(const std::string& tablespace) {
    test::run_sql_alone(fmt::format("DROP DATABASE {} WITH (FORCE)", m_database), *m_server);
    m_database.clear();
    test::run_sql_alone("DROP TABLESPACE " + tablespace, *m_server);
}

void Baseline::measure() {
    {
        const Workspace workspace = begin();
        const auto start = std::chrono::steady_clock::now();
        require_whole(workspace.run(m_words));
        m_duration = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - start);
        m_expected = state_of(workspace);
    }
    const Workspace workspace = begin();
    m_changes = kill_at_change(workspace.path(), m_words, std::numeric_limits<int>::max());
}

std::vector<std::string> Baseline::archive_faults(const Workspace& workspace) const {
    if (!keeps_archive(m_work)) return {};
    const bool has_warehouse = warehouse_exists(workspace.warehouse);
    const auto stored = has_warehouse ? ids_of(workspace) : std::vector<std::string>{};
    if (!has_manifest(archive_of(workspace))) {
        if (stored.empty()) return {};
        return {"the warehouse holds executions, and there is no archive"};
    }
    auto faults = damage_of(archive_of(workspace));
    if (stored.empty()) return faults;
    for (const std::string& id :
         test::difference(stored, ids_of(rebuilt_from(workspace, false))).lost)
        faults.push_back("the warehouse has what the archive lacks: " + id);
    return faults;
}

std::vector<std::string> Baseline::rebuilding_faults(const Workspace& workspace) const {
    if (!keeps_archive(m_work)) return {};
    const Workspace rebuilt =
        rebuilt_from(workspace, true); // a SQLite file, in whose words rows can be compared
    const auto rows = m_backend == "sqlite" ? test::difference(without_memory(m_expected),
                                                               without_memory(state_of(rebuilt)))
                                            : test::difference(ids_of(workspace), ids_of(rebuilt));
    auto faults = damage_of(archive_of(workspace));
    for (const std::string& row : rows.lost)
        faults.push_back("a warehouse built out of the archive lacks " + row);
    for (const std::string& row : rows.doubled)
        faults.push_back("a warehouse built out of the archive has " + row);
    return faults;
}

Workspace Baseline::rebuilt_from(const Workspace& workspace, bool whole) const {
    Workspace rebuilt(m_simulator.url(), "sqlite:tidemark.db");
    const test::Ran ran = rebuilt.run({"sync", "--from-archive", archive_of(workspace).string()});
    const bool is_done = ran.exit_code == 0 || (ran.exit_code == 3 && !whole);
    if (!is_done) throw std::runtime_error("an archive cannot be read: " + ran.err);
    return rebuilt;
}

std::vector<std::string> state_of(const Workspace& workspace) {
    const auto warehouse = workspace.open();
    auto rows = test::neutral_rows(*warehouse);
    if (has_manifest(archive_of(workspace))) forget_settings(rows);
    const SchemaState schema = warehouse->schema();
    rows.push_back(fmt::format("schema {} {}", schema.version, schema.views_checksum));
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace tidemark::torture
