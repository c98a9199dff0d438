#include "simulator/script.hpp"

#include "simulator/hash.hpp"

#include <algorithm>

namespace simulator {

ScriptLine script_line(const Execution& execution, std::size_t line, std::size_t tasks) {
    const std::size_t all = execution.all_lines;
    if (line == 0) return {LineKind::begin};
    if (line + 1 == all) return {LineKind::end};
    const std::size_t between = all - 2;
    const std::size_t run = std::min(tasks, between / 2);
    if (run == 0) return {LineKind::detail};
    const std::size_t at = line - 1;
    const std::size_t place = ((at + 1) * run - 1) / between; // the task whose share holds the line
    const std::size_t from = between * place / run;
    const std::size_t until = between * (place + 1) / run;
    const std::size_t rotation = run == tasks ? 0 : below(hash_of(execution.hash, 21), tasks);
    const std::size_t task = (place + rotation) % tasks;
    if (at == from) return {LineKind::started, task};
    if (at + 1 < until) return {LineKind::detail, task};
    const bool fails = execution.fails && below(hash_of(execution.hash, 22), run) == place;
    return {fails ? LineKind::failed : LineKind::succeeded, task};
}

} // namespace simulator
