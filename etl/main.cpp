#include "cli/cli.hpp"

int main(int argc, char** argv) { return tidemark::run(argc, argv); }
