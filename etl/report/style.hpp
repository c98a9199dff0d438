#pragma once

#include <string_view>

namespace tidemark {

/// The report's style sheet: light and dark, wide and narrow, screen and paper.
extern const std::string_view report_style;

/// Base 64 of its SHA-256, by which the page's Content-Security-Policy knows it; a test compares.
extern const std::string_view report_style_sha256;

} // namespace tidemark
