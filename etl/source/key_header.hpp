#pragma once

#include "config/config.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tidemark {
/// A form in which a gateway expects the key: the request header, and a prefix.
struct KeyForm {
    std::string header;
    std::string prefix; ///< `Bearer `, or nothing
};

/// The forms that gateways use; the form of TimeXtender comes first.
std::vector<KeyForm> usual_key_forms();

/// A source that accepted the key, and its list of jobs.
struct OpenedSource {
    std::unique_ptr<Source> source;
    JobList jobs;
    KeyForm form;
};

/// Opens the API with the first of these forms that the server accepts. The key is sent only to the
/// origin of `base_url`. Throws KeyRefused when it accepts none, and whatever `open_api_source` and
/// `Source::jobs` throw.
OpenedSource open_with_any_form(SourceConfig config, const std::string& key,
                                std::span<const KeyForm> forms, RetryPolicy policy = {});

} // namespace tidemark
