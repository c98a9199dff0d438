#include "support/workspace.hpp"

#include "support/files.hpp"
#include "support/postgres_server.hpp"
#include "support/sample_config.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace tidemark::test {
namespace {

void replace(std::string& text, const std::string& old, const std::string& by) {
    const auto at = text.find(old);
    if (at == std::string::npos) throw std::logic_error("the example configuration has no " + old);
    text.replace(at, old.size(), by);
}

} // namespace

Workspace::Workspace(const std::string& base_url, const std::string& url, const std::string& schema)
    : warehouse{.url = url, .base = path(), .schema = schema} {
    std::string config = sample_config(base_url);
    replace(config, "\"sqlite:tidemark.db\"", fmt::format("\"{}\"", url));
    replace(config, "schema = \"tidemark\"", fmt::format("schema = \"{}\"", schema));
    write_file(path() / "config.toml", config);
}

Workspace Workspace::on(std::string_view backend, const std::string& base_url) {
    if (backend == "sqlite") return {base_url, "sqlite:tidemark.db"};
    static int workspaces = 0;
    return {base_url, postgres_server().url(), fmt::format("workspace_{}", ++workspaces)};
}

void Workspace::keep_archive() const {
    write_file(*this / "config.toml",
               read_file(*this / "config.toml") + "\n[archive]\ndir = \"archive\"\n");
}

void Workspace::change_rules() const {
    std::string config = read_file(*this / "config.toml");
    replace(config, "'^(?P<source>.+?) - '", "'^(?P<source>.)'");
    write_file(*this / "config.toml", config);
}

Ran Workspace::run(const std::vector<std::string>& arguments) const {
    return run_tidemark(path(), arguments);
}

std::unique_ptr<Warehouse> Workspace::open(OpenMode mode) const {
    return open_warehouse(warehouse, mode);
}

} // namespace tidemark::test
