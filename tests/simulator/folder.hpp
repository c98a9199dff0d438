#pragma once

#include "simulator/call.hpp"
#include "simulator/reply.hpp"

#include <filesystem>

namespace simulator {

/// Answers from a folder of saved bodies: `jobs.json`, `logs/JOB_ID.json`, and perhaps
/// `status.json`; a call that needs a file which is not there gets 404.
Reply folder_reply(const std::filesystem::path& folder, const Call& call);

} // namespace simulator
