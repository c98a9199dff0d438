#pragma once

#include "model/guid.hpp"
#include "model/time.hpp"
#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/values.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tidemark::postgres {

/// A text of fixed width for libpqxx, with a NUL at its end; null without a value.
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

/// Another text, or a number as text; null without a value.
class TextCell {
public:
    explicit TextCell(std::optional<std::string> text) : m_text(std::move(text)) {}
    [[nodiscard]] const char* get() const { return m_text ? m_text->c_str() : nullptr; }

private:
    std::optional<std::string> m_text;
};

// A value of a row for COPY: the result of `cell` owns the data that `given` passes to libpqxx.
inline std::int64_t cell(std::int64_t value) { return value; }
inline bool cell(bool value) { return value; }
inline std::int64_t cell(std::uint64_t value) { return std::bit_cast<std::int64_t>(value); }
inline const char* cell(const std::string& text) { return text.c_str(); }
inline auto cell(const Guid& id) { return Cell{text_form(id)}; }
inline auto cell(Timestamp moment) { return Cell{text_form(moment)}; }
inline auto cell(LocalTime shown) { return Cell{text_form(shown)}; }
inline auto cell(Date day) { return Cell{text_form(day)}; }

template <typename Enum>
requires std::is_enum_v<Enum> std::string cell(Enum value) { return std::string{to_text(value)}; }

inline const char* cell(const std::optional<std::string>& text) {
    return text ? text->c_str() : nullptr;
}

inline auto cell(const std::optional<std::string_view>& text) {
    return TextCell{text ? std::optional{std::string{*text}} : std::nullopt};
}

inline auto cell(std::optional<std::int64_t> number) {
    return TextCell{number ? std::optional{std::to_string(*number)} : std::nullopt};
}

template <typename T>
requires requires(T value) { text_form(value); }
auto cell(const std::optional<T>& value) {
    using Present = decltype(cell(*value));
    return value ? cell(*value) : Present{};
}

template <typename T> const T& given(const T& cell) { return cell; }
template <std::size_t Width> const char* given(const Cell<Width>& cell) { return cell.get(); }
inline const char* given(const TextCell& cell) { return cell.get(); }

/// An array literal: `{1,2}`.
std::string array_of(std::span<const std::int64_t> keys);
std::string array_of(std::span<const Guid> ids);

/// A moment in the server's format (`2026-10-09 03:00:00.5+00`) in the format of
/// `to_text(Timestamp)`. The session's time zone must be UTC.
std::string wide_moment(std::string_view printed);

// The value of a field. Throws Error for an invalid guid, moment or day.
Guid guid_in(const pqxx::field& field);
Timestamp moment_in(const pqxx::field& field);
LocalTime local_time_in(const pqxx::field& field);
Date day_in(const pqxx::field& field);
std::int64_t integer_in(const pqxx::field& field);
std::uint64_t hash_in(const pqxx::field& field);
double real_in(const pqxx::field& field);
bool flag_in(const pqxx::field& field);
std::string text_in(const pqxx::field& field);

/// The value with the type of its column.
Value value_in(const pqxx::field& field);

template <typename Read> auto nullable(Read read, const pqxx::field& field) {
    using Result = std::optional<decltype(read(field))>;
    return field.is_null() ? Result{} : Result{read(field)};
}

} // namespace tidemark::postgres
