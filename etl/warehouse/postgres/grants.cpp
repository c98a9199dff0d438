#include "warehouse/postgres/grants.hpp"

#include "error.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/sql_files.hpp"

#include <algorithm>

namespace tidemark::postgres {
namespace {

constexpr std::string_view file_name = "schema/postgres/grants.sql";

std::string file_text() {
    const auto files = sql_files();
    const auto found = std::ranges::find(files, file_name, &SqlFile::path);
    if (found == files.end()) throw Error("this program was built without its grants");
    return std::string(found->text);
}

std::string with(std::string text, std::string_view placeholder, const std::string& value) {
    for (auto at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + value.size()))
        text.replace(at, placeholder.size(), value);
    return text;
}

} // namespace

std::string grants(Connection& connection) {
    return connection.transact([&](pqxx::work& tx, int) {
        const auto names = exec(tx, "SELECT quote_ident(current_database()), quote_ident($1)",
                                connection.schema());
        return with(with(file_text(), "{database}", text_in(names[0][0])), "{schema}",
                    text_in(names[0][1]));
    });
}

} // namespace tidemark::postgres
