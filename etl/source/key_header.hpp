#pragma once

#include "config/config.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tidemark {
/// How a gateway may want the key: in which request header, and after which word.
struct KeyForm {
    std::string header;
    std::string prefix; ///< `Bearer `, or nothing
};

/// The forms that gateways use, the vendor's own first.
std::vector<KeyForm> usual_key_forms();

/// A source that took the key, and what it lists.
struct OpenedSource {
    std::unique_ptr<Source> source;
    JobList jobs;
    KeyForm form;
};

/// Opens the API with the first of these forms that it takes the key in; the key is sent to the
/// origin of `base_url` alone, as ever. Throws KeyRefused when it takes none, and what
/// `open_api_source` and `Source::jobs` throw.
OpenedSource open_with_any_form(SourceConfig config, const std::string& key,
                                std::span<const KeyForm> forms, RetryPolicy policy = {});

} // namespace tidemark
