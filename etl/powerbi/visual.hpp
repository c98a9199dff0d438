#pragma once

#include <string>
#include <vector>

namespace tidemark::powerbi {

/// A field of the model that a visual shows.
struct Field {
    std::string table;
    std::string name;
    bool is_measure = false;
};
Field column(std::string table, std::string name);
Field measure(std::string table, std::string name);

/// A rectangle in pixels on a page of 1280 by 720.
struct Area {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// The role of fields in a visual.
struct Role {
    std::string name; ///< the name in PBIR: `Values`, `Category`, `Y`
    std::vector<Field> fields;
};

struct Visual {
    std::string name; ///< unique within its page
    std::string type; ///< the name in PBIR: `card`, `tableEx`, …
    std::string title;
    Area area;
    std::vector<Role> roles;
    std::vector<Field> sorted_by; ///< at most one field; empty: not sorted
    bool sorts_upwards = false;
    std::string
        unseen; ///< a measure whose bars are invisible and only offset the others; "" for none
};

Visual card(std::string name, std::string title, Field value, Area area);
Visual table(std::string name, std::string title, std::vector<Field> fields, Field sorted_by,
             Area area);
/// `type`: `clusteredBarChart`, `lineChart`, …
Visual chart(std::string name, std::string type, std::string title, std::vector<Field> axis,
             std::vector<Field> values, Area area);
Visual slicer(std::string name, std::string title, Field field, Area area);

/// A visual's file, `visual.json`; `order` is its index on the page.
std::string visual_file(const Visual& visual, const std::string& unique_name, int order);

} // namespace tidemark::powerbi
