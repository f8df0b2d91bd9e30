/* Owns telling how far lasting work is. Knows nothing of the work. */
#include "clause5/screen/progress.h"

#include <inttypes.h>

#include "clause5/base/clock.h"

enum { PATIENCE_MS = 500, PERIOD_MS = 100 }; /* product.md, Keys: longer than half a second */

/* Appends NUMBER with a comma between each three digits. */
static void add_grouped(struct buffer *out, int64_t number) {
    if (number >= 1000) {
        add_grouped(out, number / 1000);
        buffer_addf(out, ",%03d", (int)(number % 1000));
    } else {
        buffer_addf(out, "%d", (int)number);
    }
}

static void add_time(struct buffer *out, int64_t seconds) {
    if (seconds >= 120) {
        buffer_addf(out, "%" PRId64 " min", (seconds + 30) / 60);
    } else {
        buffer_addf(out, "%" PRId64 " s", seconds);
    }
}

void progress_print(const struct progress *progress, int64_t done, int64_t elapsed_ms,
                    struct buffer *out) {
    const char *unit = progress->unit != NULL ? progress->unit : "";
    int64_t total = progress->total;
    done = done < 0 ? 0 : done;
    buffer_addf(out, "%s: ", progress->label != NULL ? progress->label : "");
    if (total > 0) {
        int64_t share = done >= total ? 100 : (int64_t)((double)done * 100 / (double)total);
        buffer_addf(out, "%" PRId64 "%%, ", share);
    }
    add_grouped(out, done);
    if (total > 0) {
        buffer_add(out, " of ");
        add_grouped(out, total);
    }
    buffer_addf(out, " %s", unit);
    if (elapsed_ms > 0 && done > 0) {
        double rate = (double)done * 1000 / (double)elapsed_ms;
        buffer_add(out, ", ");
        add_grouped(out, (int64_t)rate);
        buffer_add(out, " a second");
        if (total > done && rate > 0) {
            buffer_add(out, ", ");
            add_time(out, (int64_t)((double)(total - done) / rate) + 1);
            buffer_add(out, " left");
        }
    }
    buffer_add(out, "  (Esc stops)");
}

static void draw(struct progress *progress, int64_t done, int64_t elapsed_ms) {
    const struct stage *stage = progress->stage;
    struct buffer text = {0};
    terminal_frame_begin(stage->terminal);
    if (stage->draw != NULL) {
        stage->draw(stage->context);
    }
    struct area screen = area_of_terminal(stage->terminal);
    struct area line = area_rows(screen, screen.height - 2, 1);
    area_clear(&line);
    progress_print(progress, done, elapsed_ms, &text);
    area_put(&line, (struct spot){.column = 1}, MEANING_MESSAGE, buffer_text(&text));
    area_place_cursor(&line, 0, 0);
    terminal_frame_end(stage->terminal);
    buffer_free(&text);
}

static void begin(struct progress *progress, int64_t now_ms) {
    if (progress->started_ms == 0) {
        progress->started_ms = now_ms;
        progress->drawn_ms = now_ms;
        progress->polled_ms = now_ms;
    }
}

bool progress_poll(struct progress *progress) {
    int64_t now_ms = clock_monotonic_ms();
    begin(progress, now_ms);
    if (!progress->is_stopped && now_ms - progress->polled_ms >= PERIOD_MS) {
        progress->is_stopped = terminal_was_stopped(progress->stage->terminal);
        progress->polled_ms = now_ms;
    }
    return !progress->is_stopped;
}

bool progress_step(struct progress *progress, int64_t done) {
    int64_t now_ms = clock_monotonic_ms();
    begin(progress, now_ms);
    bool is_due = now_ms - progress->drawn_ms >= PERIOD_MS;
    if (progress->is_stopped || !is_due) {
        return !progress->is_stopped;
    }
    progress->is_stopped = terminal_was_stopped(progress->stage->terminal);
    progress->drawn_ms = now_ms;
    if (now_ms - progress->started_ms >= PATIENCE_MS && !progress->is_stopped) {
        draw(progress, done, now_ms - progress->started_ms);
    }
    return !progress->is_stopped;
}
