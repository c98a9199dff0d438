#include "error.hpp"
#include "fuzz/targets.hpp"
#include "parse/array_splitter.hpp"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace tidemark::fuzz {
namespace {

constexpr std::size_t limit = 1U << 20U;

struct Split {
    std::vector<std::string> elements;
    bool closed = false;
    std::optional<std::string> complaint;

    bool operator==(const Split&) const = default;
};

/// What a complaint says whatever of the body had arrived by then: it quotes what it has seen.
std::string without_quotation(const std::string& complaint) {
    const std::string foreign = "the body is no array";
    if (complaint.starts_with(foreign)) return foreign;
    return complaint.substr(0, complaint.find(", before "));
}

Split split(std::string_view body, std::size_t chunk) {
    Split result;
    ArraySplitter splitter{limit, [&](const ArrayElement& element) {
                               result.elements.emplace_back(element.json);
                               return true;
                           }};
    try {
        for (std::size_t at = 0; at < body.size(); at += chunk) {
            // a copy of its own, so that a read beyond the chunk is seen
            splitter.feed(std::string{body.substr(at, chunk)});
        }
        result.closed = splitter.closed();
    } catch (const JobError& error) {
        result.complaint = without_quotation(error.what());
    }
    return result;
}

std::optional<std::string> canonical(std::string_view json) {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(json);
    simdjson::dom::element element;
    if (parser.parse(padded).get(element) != simdjson::SUCCESS) return std::nullopt;
    return simdjson::minify(element);
}

/// The elements as simdjson sees them; nullopt when it does not take the body for an array.
std::optional<std::vector<std::string>> elements_of_whole(std::string_view body) {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(body);
    simdjson::dom::array array;
    if (parser.parse(padded).get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
    std::vector<std::string> elements;
    for (const simdjson::dom::element element : array)
        elements.push_back(simdjson::minify(element));
    return elements;
}

} // namespace

void split_body(std::string_view input) {
    if (input.empty()) return;
    const std::size_t chunk = std::max<std::size_t>(1, static_cast<unsigned char>(input.front()));
    const std::string_view body = input.substr(1);
    const Split whole = split(body, std::max<std::size_t>(1, body.size()));
    require(split(body, chunk) == whole, "a body in chunks is the whole body");

    const auto expected = elements_of_whole(body);
    if (!expected) return;
    require(whole.closed, "an array is closed");
    require(whole.elements.size() == expected->size(), "as many elements as simdjson finds");
    for (std::size_t i = 0; i < expected->size(); ++i)
        require(canonical(whole.elements[i]) == (*expected)[i], "the elements that simdjson finds");
}

} // namespace tidemark::fuzz
