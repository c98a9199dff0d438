#include "cli/cli.hpp"
#include "platform/arguments.hpp"

int main(int argc, char** argv) {
    tidemark::Arguments arguments{argc, argv};
    return tidemark::run(arguments.count(), arguments.values());
}
