#pragma once

namespace tidemark {

/// From now on a crash of this process leaves no core file, which would hold the API key. Without
/// effect where there are none.
void forbid_core_file();

} // namespace tidemark
