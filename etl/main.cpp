#include "cli/cli.hpp"
#include "platform/process.hpp"

int main(int argc, char** argv) {
    tidemark::Arguments arguments{argc, argv};
    return tidemark::run(arguments.count(), arguments.values());
}
