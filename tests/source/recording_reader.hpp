#pragma once

#include "source/source.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tidemark::source_test {

/// Writes down what a source hands over; a body is whole when it ends with a bracket.
class RecordingReader : public LogReader {
public:
    std::map<Guid, std::string> bodies;
    std::map<Guid, int> begun;
    std::vector<Guid> done;
    std::map<Guid, std::string> failures;
    std::map<Guid, BodyVersion> stored;   ///< what the reader says that it has
    std::map<Guid, BodyVersion> versions; ///< what the source says that it sent
    std::vector<Guid> not_sent;
    std::function<void(const Job&)> on_begin = [](const Job&) {};
    std::function<bool(const Job&, std::string_view)> on_bytes = [](const Job&, std::string_view) {
        return true;
    };

    BodyVersion stored_version(const Job& job) override { return stored[job.id]; }

    void begin(const Job& job) override {
        ++begun[job.id];
        bodies[job.id].clear();
        stopped[job.id] = false;
        on_begin(job);
    }

    bool bytes(const Job& job, std::string_view chunk) override {
        bodies[job.id] += chunk;
        if (on_bytes(job, chunk)) return true;
        stopped[job.id] = true;
        return false;
    }

    BodyState end(const Job& job) override {
        const std::string& body = bodies[job.id];
        const auto last = body.find_last_not_of(" \r\n");
        const bool whole = stopped[job.id] || (last != std::string::npos && body[last] == ']');
        return whole ? BodyState::whole : BodyState::cut_short;
    }

    void succeeded(const Job& job, const BodyVersion& version) override {
        done.push_back(job.id);
        versions[job.id] = version;
    }

    void unchanged(const Job& job) override { not_sent.push_back(job.id); }

    void failed(const Job& job, const std::string& why) override { failures[job.id] = why; }

private:
    std::map<Guid, bool> stopped;
};

} // namespace tidemark::source_test
