#pragma once

#include "support/files.hpp"
#include "support/program.hpp"
#include "support/sample_config.hpp"
#include "support/temporary_folder.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tidemark::test {

/// Holds the folders `night1` and `night2`.
inline const std::string samples = TIDEMARK_REPOSITORY "/tests/samples/";

/// A folder with the samples' configuration and this base_url, for the program to run in.
class SampleWorkspace : public TemporaryFolder {
public:
    explicit SampleWorkspace(std::string base_url = "https://gateway.example")
        : m_base_url(std::move(base_url)) {
        configure("");
    }

    /// Writes the configuration anew, with something more at its end.
    void configure(const std::string& more) {
        write_file(path() / "config.toml", sample_config(m_base_url) + more);
    }

    Ran run(const std::vector<std::string>& arguments, const std::string& key = "a-secret-key") {
        return run_tidemark(path(), arguments, key);
    }

private:
    std::string m_base_url;
};

} // namespace tidemark::test
