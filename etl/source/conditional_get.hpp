#pragma once

#include "source/http_client.hpp"
#include "source/source.hpp"

namespace tidemark {

/// What a response says of the version of its body. A Last-Modified that is less than a minute
/// older than the response, or of which that cannot be told, says nothing: the body may have
/// changed once more within that second.
BodyVersion version_of(const HttpResponse& response);

/// The headers that ask for a body only if it is of another version: none for an empty version, or
/// one that no header can carry.
std::vector<std::string> unless_of(const BodyVersion& version);

} // namespace tidemark
