#include "support/simulator.hpp"

#include <httplib.h>

#include <stdexcept>

namespace tidemark::test {
namespace {

std::vector<std::string> command_of(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {TIDEMARK_SIMULATOR, "--port", "0", "--key", "a-secret-key"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

} // namespace

Simulator::Simulator(const std::vector<std::string>& arguments) : Process(command_of(arguments)) {}

std::string Simulator::url() const { return first_line().substr(first_line().find("http")); }

void Simulator::send(const std::string& path_and_query) const {
    const auto answer = httplib::Client(url()).Post("/simulator/" + path_and_query);
    if (!answer || answer->status != 200) {
        throw std::runtime_error("the simulator refuses " + path_and_query);
    }
}

std::string Simulator::stats() const {
    const auto answer = httplib::Client(url()).Get("/simulator/stats");
    if (!answer) throw std::runtime_error("the simulator has no statistics");
    return answer->body;
}

} // namespace tidemark::test
