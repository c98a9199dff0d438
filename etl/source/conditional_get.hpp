#pragma once

#include "source/http_client.hpp"
#include "source/source.hpp"

namespace tidemark {

/// The version of a response's body. A Last-Modified header is ignored when it is less than a
/// minute older than the response, or when the response has no date to compare it with: the body
/// may have changed again within the same second.
BodyVersion version_of(const HttpResponse& response);

/// The request headers that ask for a body only if its version is another one. Empty for an empty
/// version, and for one that a header cannot contain.
std::vector<std::string> unless_of(const BodyVersion& version);

} // namespace tidemark
