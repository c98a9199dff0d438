#include "source/key_header.hpp"

#include "error.hpp"
#include "source/api_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tidemark {

std::vector<KeyForm> usual_key_forms() {
    return {{"apiKey", ""},  {"X-API-Key", ""},     {"Ocp-Apim-Subscription-Key", ""},
            {"api-key", ""}, {"Authorization", ""}, {"Authorization", "Bearer "}};
}

OpenedSource open_with_any_form(SourceConfig config, const std::string& key,
                                std::span<const KeyForm> forms, RetryPolicy policy) {
    std::string refusal;
    std::vector<std::string> tried;
    for (const KeyForm& form : forms) {
        config.api_key_header = form.header;
        auto source = open_api_source(config, form.prefix + key, policy);
        try {
            JobList jobs = source->jobs();
            return {std::move(source), std::move(jobs), form};
        } catch (const KeyRefused& error) {
            if (tried.empty()) refusal = error.what();
            tried.push_back(form.header);
            if (!form.prefix.empty()) tried.back() += ": " + form.prefix + "…";
        }
    }
    if (tried.size() == 1) throw KeyRefused(refusal);
    throw KeyRefused(fmt::format("{}; the headers '{}' were tried",
                                 refusal.substr(0, refusal.rfind(';')), fmt::join(tried, "', '")));
}

} // namespace tidemark
