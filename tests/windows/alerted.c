/* alerted.exe FILE: stands for a command of [alert]; for tests/windows/wine.sh. It copies its standard
 * input into the file, says so, and ends with 7. With the API key in its environment it ends with 9.
 * Without a file it never ends by itself. */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char** argv) {
    char bytes[4096];
    size_t count;
    if (getenv("TIDEMARK_API_KEY") != NULL) return 9;
    for (;;) {
        if (argc > 1) break;
        Sleep(1000);
    }
    FILE* file = fopen(argv[1], "wb");
    if (file == NULL) return 8;
    while ((count = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        fwrite(bytes, 1, count, file);
    if (fclose(file) != 0) return 8;
    printf("alerted: done\n");
    return 7;
}
