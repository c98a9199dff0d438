#pragma once

#include <string>
#include <vector>

namespace tidemark {

/// The command line in UTF-8, the program's name first.
class Arguments {
public:
    /// From the arguments of `main`.
    Arguments(int argc, char** argv);

    /// In the form of `main`: the array ends with a null pointer.
    [[nodiscard]] int count() const { return static_cast<int>(m_texts.size()); }
    [[nodiscard]] char** values() { return m_values.data(); }

private:
    void point_to_texts() {
        for (std::string& text : m_texts)
            m_values.push_back(text.data());
        m_values.push_back(nullptr);
    }

    std::vector<std::string> m_texts;
    std::vector<char*> m_values;
};

} // namespace tidemark
