#include "model/id_order.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace tidemark {
namespace {

/// What is sorted in a line's place: a line is large, and most ids differ in their first half.
struct Place {
    std::uint64_t id_beginning;
    const Log* log;

    bool operator<(const Place& other) const {
        if (id_beginning != other.id_beginning) return id_beginning < other.id_beginning;
        return std::tie(log->id, log) < std::tie(other.log->id, other.log);
    }
};

std::uint64_t beginning(const Guid& id) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = number << 8U | id.bytes[i];
    return number;
}

} // namespace

std::vector<const Log*> in_id_order(const std::vector<Log>& logs) {
    std::vector<Place> places;
    places.reserve(logs.size());
    for (const Log& log : logs)
        places.push_back({beginning(log.id), &log});
    std::sort(places.begin(), places.end());
    std::vector<const Log*> ordered;
    ordered.reserve(logs.size());
    for (const Place& place : places)
        ordered.push_back(place.log);
    return ordered;
}

} // namespace tidemark
