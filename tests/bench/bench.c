/* clause5_bench: measures any full-screen program on a terminal of 80x24, and any command. What
 * tools/bench prints is made of its lines:
 *
 *   start RUNS [OPTION]... -- PROGRAM...   MEDIAN_MS MIN_MS PEAK_KIB from exec to the last byte
 *   keys RUNS KEYS [OPTION]... -- PROGRAM...   P50_MS P99_MS PEAK_KIB from KEYS to the last byte
 *   search RUNS TEXT [OPTION]... -- PROGRAM...   P50_MS MOST_MS from each key behind a slash
 *   run -- COMMAND...   MS PEAK_KIB STATUS of a command without a terminal, its output thrown away
 *
 * --before KEYS types and waits before measuring; --quiet MS is how long nothing must come for the
 * last byte to count as the last (30). Exit status 1 where the program said nothing. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "watch.h"

enum {
    FIRST_PATIENCE_MS = 30000,
    KEY_PATIENCE_MS = 2000,
    STROKE_QUIET_MS = 2, /* a frame may come in several writes */
    BEFORE_MOST = 16,
};

struct plan {
    int runs;
    int quiet_ms;
    const char *keys;
    const char *before[BEFORE_MOST];
    int before_count;
    char **argv;
};

static int compare_times(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Returns the time that SHARE of the sorted times do not exceed. */
static double quantile(const double *sorted_ms, int count, double share) {
    int index = (int)((double)count * share);
    return sorted_ms[index < count ? index : count - 1];
}

static double since_ms(int64_t from_ns, int64_t to_ns) {
    return (double)(to_ns - from_ns) / 1e6;
}

/* Starts the program, waits for its first frame and types what comes before the measuring. Returns
 * when the first frame was whole, 0 where none came. */
static int64_t begin(struct watch *watch, const struct plan *plan) {
    if (!watch_start(watch, plan->argv)) {
        exit(1);
    }
    int64_t first_ns = watch_until_still(watch, plan->quiet_ms, FIRST_PATIENCE_MS);
    for (int i = 0; i < plan->before_count; i++) {
        watch_type(watch, plan->before[i]);
        watch_until_still(watch, 10 * plan->quiet_ms, KEY_PATIENCE_MS);
    }
    return first_ns;
}

static int measure_start(const struct plan *plan) {
    double *times_ms = calloc((size_t)plan->runs, sizeof *times_ms);
    long peak_kib = 0;
    int count = 0;
    for (int i = 0; times_ms != NULL && i < plan->runs; i++) {
        struct watch watch = {0};
        int64_t last_ns = begin(&watch, plan);
        if (last_ns != 0) {
            times_ms[count++] = since_ms(watch.started_ns, last_ns);
        }
        long kib = watch_peak_kib(&watch);
        peak_kib = kib > peak_kib ? kib : peak_kib;
        watch_end(&watch);
    }
    if (count > 0) {
        qsort(times_ms, (size_t)count, sizeof *times_ms, compare_times);
        printf("%.2f %.2f %ld\n", quantile(times_ms, count, 0.5), times_ms[0], peak_kib);
    }
    free(times_ms);
    return count > 0 ? 0 : 1;
}

/* A key that is not answered, as at the end of a list, does not count. */
static int measure_keys(const struct plan *plan) {
    double *times_ms = calloc((size_t)plan->runs, sizeof *times_ms);
    struct watch watch = {0};
    int count = 0;
    begin(&watch, plan);
    for (int i = 0; times_ms != NULL && i < plan->runs; i++) {
        int64_t typed_ns = watch_type(&watch, plan->keys);
        int64_t last_ns = watch_until_still(&watch, plan->quiet_ms, KEY_PATIENCE_MS);
        if (last_ns != 0) {
            times_ms[count++] = since_ms(typed_ns, last_ns);
        }
    }
    long peak_kib = watch_peak_kib(&watch);
    watch_end(&watch);
    if (count > 0) {
        qsort(times_ms, (size_t)count, sizeof *times_ms, compare_times);
        printf("%.2f %.2f %ld\n", quantile(times_ms, count, 0.5), quantile(times_ms, count, 0.99),
               peak_kib);
    }
    if (count < plan->runs) {
        fprintf(stderr, "%s: %d of %d keys were not answered\n", plan->argv[0], plan->runs - count,
                plan->runs);
    }
    free(times_ms);
    return count > 0 ? 0 : 1;
}

/* Types a search key by key, each as soon as the one before is answered, and leaves it again. */
static int measure_search(const struct plan *plan) {
    int length = (int)strlen(plan->keys);
    double *times_ms = calloc((size_t)(plan->runs * length) + 1, sizeof *times_ms);
    struct watch watch = {0};
    int count = 0;
    begin(&watch, plan);
    for (int i = 0; times_ms != NULL && i < plan->runs * length; i++) {
        if (i % length == 0) {
            watch_type(&watch, i > 0 ? "\033" : "");
            watch_until_still(&watch, 10 * plan->quiet_ms, i > 0 ? KEY_PATIENCE_MS : 0);
            watch_type(&watch, "/");
            watch_until_still(&watch, plan->quiet_ms, KEY_PATIENCE_MS);
        }
        int64_t typed_ns = watch_type(&watch, (const char[]){plan->keys[i % length], '\0'});
        int64_t last_ns = watch_until_still(&watch, STROKE_QUIET_MS, KEY_PATIENCE_MS);
        if (last_ns != 0) {
            times_ms[count++] = since_ms(typed_ns, last_ns);
        }
    }
    watch_end(&watch);
    if (count > 0) {
        qsort(times_ms, (size_t)count, sizeof *times_ms, compare_times);
        printf("%.2f %.2f\n", quantile(times_ms, count, 0.5), times_ms[count - 1]);
    }
    free(times_ms);
    return count > 0 ? 0 : 1;
}

static int measure_run(const struct plan *plan) {
    int64_t started_ns = watch_now_ns();
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, STDIN_FILENO);
        dup2(nowhere, STDOUT_FILENO);
        execvp(plan->argv[0], plan->argv);
        perror(plan->argv[0]);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
        perror("fork");
        return 1;
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("%.1f %ld %d\n", since_ms(started_ns, watch_now_ns()), usage.ru_maxrss, code);
    return 0;
}

static const struct mode {
    const char *name;
    int operands; /* before the options: RUNS, KEYS */
    int (*measure)(const struct plan *plan);
} modes[] = {
    {.name = "start", .operands = 1, .measure = measure_start},
    {.name = "keys", .operands = 2, .measure = measure_keys},
    {.name = "search", .operands = 2, .measure = measure_search},
    {.name = "run", .operands = 0, .measure = measure_run},
};

static const struct mode *find_mode(const char *name) {
    for (size_t i = 0; name != NULL && i < sizeof modes / sizeof modes[0]; i++) {
        if (strcmp(modes[i].name, name) == 0) {
            return &modes[i];
        }
    }
    return NULL;
}

/* Reads a count of at least 1; 0 where the text is none. */
static int read_count(const char *text) {
    char *end = NULL;
    long count = strtol(text, &end, 10);
    return *end == '\0' && count > 0 && count < 1000000 ? (int)count : 0;
}

/* Reads the options up to "--"; false where one is wrong or no program follows. */
static bool read_options(struct plan *plan, char **arguments) {
    for (; arguments[0] != NULL && strcmp(arguments[0], "--") != 0; arguments += 2) {
        const char *value = arguments[1];
        if (value != NULL && strcmp(arguments[0], "--quiet") == 0) {
            plan->quiet_ms = read_count(value);
        } else if (value != NULL && strcmp(arguments[0], "--before") == 0 &&
                   plan->before_count < BEFORE_MOST) {
            plan->before[plan->before_count++] = value;
        } else {
            return false;
        }
    }
    plan->argv = arguments + 1;
    return arguments[0] != NULL && arguments[1] != NULL;
}

int main(int argc, char **argv) {
    const struct mode *mode = find_mode(argc > 1 ? argv[1] : NULL);
    if (mode == NULL || argc < 2 + mode->operands) {
        fputs(
            "usage: clause5_bench start|keys|search|run ... -- PROGRAM...; see tests/bench/bench.c\n",
            stderr);
        return 2;
    }
    struct plan plan = {.runs = mode->operands > 0 ? read_count(argv[2]) : 1,
                        .quiet_ms = 30,
                        .keys = mode->operands > 1 ? argv[3] : ""};
    if (plan.runs == 0 || !read_options(&plan, argv + 2 + mode->operands) || plan.quiet_ms == 0) {
        fputs("clause5_bench: wrong options; see tests/bench/bench.c\n", stderr);
        return 2;
    }
    return mode->measure(&plan);
}
