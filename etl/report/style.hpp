#pragma once

#include <string_view>

namespace tidemark {

/// The report's style sheet, for light and dark mode, wide and narrow screens, and paper.
extern const std::string_view report_style;

/// Its SHA-256 in Base64 for the page's Content-Security-Policy; a test compares both.
extern const std::string_view report_style_sha256;

} // namespace tidemark
