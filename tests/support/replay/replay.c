/* Runs a fuzz target over the files of the folders named, without libFuzzer, and once over nothing:
 * what was found once stays tested in every build. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "clause5/base/buffer.h"
#include "clause5/base/die.h"
#include "support/fuzz.h"

static int run_file(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about;
    (void)walk;
    if (kind != FTW_F) {
        return 0;
    }
    struct buffer bytes = {0};
    char part[8192];
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        die("cannot read %s", path);
    }
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;) {
        buffer_append(&bytes, part, len);
    }
    fclose(file);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput((const uint8_t *)buffer_text(&bytes), bytes.len_bytes);
    buffer_free(&bytes);
    return 0;
}

int main(int argc, char **argv) {
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        if (nftw(argv[i], run_file, 16, FTW_PHYS) != 0) {
            die("cannot read %s", argv[i]);
        }
    }
    return EXIT_SUCCESS;
}
