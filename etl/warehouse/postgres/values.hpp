#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"
#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/values.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tidemark::postgres {

/// A text of fixed width as libpqxx wants it, with a NUL at its end; null where there is no value.
template <std::size_t Width> class Cell {
public:
    Cell() = default;
    explicit Cell(const FixedText<Width>& text) : m_present(true) {
        std::copy(text.chars.begin(), text.chars.end(), m_text.begin());
    }
    [[nodiscard]] const char* get() const { return m_present ? m_text.data() : nullptr; }

private:
    std::array<char, Width + 1> m_text{};
    bool m_present = false;
};

template <typename T> auto cell(const T& value) { return Cell{text_form(value)}; }

template <typename T> auto cell(const std::optional<T>& value) {
    using Present = decltype(cell(*value));
    return value ? cell(*value) : Present{};
}

inline const char* text_or_null(const std::optional<std::string>& text) {
    return text ? text->c_str() : nullptr;
}

/// Unknown members, which are "" when there are none.
inline const char* json_or_null(const std::string& json) {
    return json.empty() ? nullptr : json.c_str();
}

/// An array literal: `{1,2}`.
std::string array_of(std::span<const std::int64_t> keys);
std::string array_of(std::span<const Guid> ids);

/// A moment as the server prints it (`2026-10-09 03:00:00.5+00`) in the 26 characters of
/// `to_text(Timestamp)`. The session's zone must be UTC.
std::string wide_moment(std::string_view printed);

// What a field holds. Throws Error for a guid, a moment or a day that is none.
Guid guid_in(const pqxx::field& field);
Timestamp moment_in(const pqxx::field& field);
Date day_in(const pqxx::field& field);
std::int64_t integer_in(const pqxx::field& field);
std::uint64_t hash_in(const pqxx::field& field);
double real_in(const pqxx::field& field);
bool flag_in(const pqxx::field& field);
std::string text_in(const pqxx::field& field);

/// By the type that its column has.
Value value_in(const pqxx::field& field);

template <typename Read> auto nullable(Read read, const pqxx::field& field) {
    using Result = std::optional<decltype(read(field))>;
    return field.is_null() ? Result{} : Result{read(field)};
}

} // namespace tidemark::postgres
