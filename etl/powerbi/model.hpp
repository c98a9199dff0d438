#pragma once

#include "powerbi/tmdl.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tidemark::powerbi {

/// Texts by their paths within a project.
using Files = std::map<std::string, std::string>;

/// The places of a project's parts within its folder.
constexpr std::string_view project_name = "Tidemark";
constexpr std::string_view model_folder = "Tidemark.SemanticModel/";
constexpr std::string_view definition_folder = "Tidemark.SemanticModel/definition/";
constexpr std::string_view report_folder = "Tidemark.Report/";

/// The annotation with the name of the view that a table is read from.
constexpr std::string_view view_annotation = "Tidemark_View";

/// A place for messages: `Tidemark.SemanticModel/definition/tables/Runs.tmdl:12`.
struct Place {
    std::string file;
    int line = 0;
};
std::string to_text(const Place& place);

struct ModelColumn {
    std::string name;
    std::string data_type;     ///< as TMDL calls it: `int64`, `dateTime`, …
    std::string source_column; ///< "" for one that is calculated
    std::string expression;
    std::string sorted_by; ///< "" for none
    Place place;
};

struct ModelMeasure {
    std::string name;
    std::string expression; ///< DAX
    Place place;
};

struct ModelTable {
    std::string name;
    std::string view; ///< "" without the annotation
    std::vector<ModelColumn> columns;
    std::vector<ModelMeasure> measures;
    std::vector<std::string> sources; ///< M, of each partition
    bool has_policy = false;
    std::string policy_source; ///< M, of the refresh policy
    Place place;

    [[nodiscard]] const ModelColumn* column(std::string_view column_name) const;
};

struct ModelRelationship {
    std::string name;
    ColumnPath from; ///< many
    ColumnPath to;   ///< one
    bool is_active = true;
    Place place;
};

struct ModelParameter {
    std::string name;
    std::string expression;
    Place place;
};

/// A semantic model, read from its files.
struct SemanticModel {
    std::vector<ModelTable> tables;
    std::vector<ModelRelationship> relationships;
    std::vector<ModelParameter> parameters;

    [[nodiscard]] const ModelTable* table(std::string_view name) const;
};

/// The files of a folder by their paths within it, without what Power BI Desktop keeps in `.pbi`,
/// which can be as large as the data. Throws Error when the folder cannot be read.
Files read_files(const std::filesystem::path& folder);

/// Reads the model from the files of a project. Throws Error with file and line for invalid TMDL.
SemanticModel read_model(const Files& files);

} // namespace tidemark::powerbi
