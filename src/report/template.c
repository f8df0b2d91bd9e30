/* Owns the language of the drafts (template.h); knows nothing of what they say. */
#include "report/template.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "report/markdown.h"
#include "report/queries.h"
#include "report/words.h"

/* Names in force: the columns of a query's current row, and around them those of outer ones. */
struct scope {
    const struct scope *outer;
    struct query *query;
};

struct rendering {
    const struct template_source *source;
    struct workbook *workbook;
    struct buffer *out;
    struct fault *fault;
};

/* A part of the template. */
struct span {
    const char *begin, *end;
};

/* One tag, and where the text before it ends and the text behind it begins. */
struct tag {
    char sign; /* one of #^?!/, or 0 for a value */
    struct span name, form, words;
    const char *before, *behind;
};

static size_t span_length(struct span span) {
    return (size_t)(span.end - span.begin);
}

static bool span_is(struct span span, const char *text) {
    return span.begin != NULL && strlen(text) == span_length(span) &&
           memcmp(span.begin, text, span_length(span)) == 0;
}

static struct span span_trim(struct span span) {
    while (span.begin < span.end && *span.begin == ' ') {
        span.begin++;
    }
    while (span.begin < span.end && span.end[-1] == ' ') {
        span.end--;
    }
    return span;
}

static bool fail_tag(const struct rendering *rendering, struct span name, const char *what) {
    return fault_set(rendering->fault, FAULT_FAILED, "the template %s: \"%.*s\" %s",
                     rendering->source->name, (int)span_length(name), name.begin, what);
}

/* Takes the whole line of a tag that stands alone on it. */
static void widen_to_line(struct tag *tag, struct span part, const char *text_begin) {
    const char *before = tag->before;
    const char *behind = tag->behind;
    while (before > part.begin && before[-1] == ' ') {
        before--;
    }
    while (behind < part.end && *behind == ' ') {
        behind++;
    }
    bool begins_line = before == text_begin || before[-1] == '\n';
    if (begins_line && before >= part.begin && (behind == part.end || *behind == '\n')) {
        tag->before = before;
        tag->behind = behind + (behind < part.end);
    }
}

/* Finds the first tag of a part; false where there is none. */
static bool find_tag(const struct rendering *rendering, struct span part, struct tag *tag) {
    const char *begin = memmem(part.begin, span_length(part), "{{", 2);
    const char *end = begin == NULL ? NULL : memmem(begin, (size_t)(part.end - begin), "}}", 2);
    if (end == NULL || end < begin + 2) {
        return false;
    }
    struct span inside = {begin + 2, end};
    struct span nothing = {end, end};
    *tag = (struct tag){.form = nothing, .words = nothing, .before = begin, .behind = end + 2};
    if (inside.begin < inside.end && strchr("#^?!/", *inside.begin) != NULL) {
        tag->sign = *inside.begin++;
        tag->name = span_trim(inside);
        widen_to_line(tag, part, rendering->source->text);
        return true;
    }
    const char *colon = memchr(inside.begin, ':', span_length(inside));
    struct span head = span_trim((struct span){inside.begin, colon != NULL ? colon : inside.end});
    const char *blank = memchr(head.begin, ' ', span_length(head));
    tag->name = (struct span){head.begin, blank != NULL ? blank : head.end};
    tag->form = span_trim((struct span){tag->name.end, head.end});
    tag->words = span_trim((struct span){colon != NULL ? colon + 1 : inside.end, inside.end});
    return true;
}

/* Finds the tag that closes OPENING within PART, which begins behind it. */
static bool find_closing(const struct rendering *rendering, struct span part,
                         const struct tag *opening, struct tag *closing) {
    int depth = 1;
    while (find_tag(rendering, part, closing)) {
        depth += closing->sign == '/' ? -1 : closing->sign != 0 ? 1 : 0;
        if (depth == 0) {
            bool fits =
                closing->name.begin == closing->name.end ||
                (span_length(closing->name) == span_length(opening->name) &&
                 memcmp(closing->name.begin, opening->name.begin, span_length(opening->name)) == 0);
            if (!fits) {
                return fail_tag(rendering, closing->name, "closes what another tag opened");
            }
            return true;
        }
        part.begin = closing->behind;
    }
    return fail_tag(rendering, opening->name, "is never closed");
}

/* Finds the value of a name, from the inside out; false where no name is such. */
static bool find_value(const struct scope *scope, struct span name, const char **value) {
    for (; scope != NULL; scope = scope->outer) {
        for (int i = 0; scope->query != NULL && i < query_columns(scope->query); i++) {
            if (span_is(name, query_column_name(scope->query, i))) {
                *value = query_text(scope->query, i);
                return true;
            }
        }
    }
    return false;
}

/* Binds every name in force, outer ones first, so that inner ones win. */
static void bind_scope(struct query *query, const struct scope *scope) {
    if (scope == NULL) {
        return;
    }
    bind_scope(query, scope->outer);
    for (int i = 0; scope->query != NULL && i < query_columns(scope->query); i++) {
        struct buffer name = {0};
        buffer_addf(&name, ":%s", query_column_name(scope->query, i));
        query_bind_text(query, buffer_text(&name), query_text(scope->query, i));
        buffer_free(&name);
    }
}

static struct query *open_query(const struct rendering *rendering, struct span name,
                                const struct scope *scope) {
    char *text = memory_copy_bytes(name.begin, span_length(name));
    struct query *query =
        queries_open(rendering->workbook, rendering->source->queries, text, rendering->fault);
    free(text);
    if (query != NULL) {
        bind_scope(query, scope);
    } else {
        fault_prefix(rendering->fault, "the template %s", rendering->source->name);
    }
    return query;
}

static bool render_part(const struct rendering *rendering, struct span part,
                        const struct scope *scope);

/* Renders BODY for each row, or where WANTS_NONE once if there is no row. */
static bool render_rows(const struct rendering *rendering, const struct tag *opening,
                        struct span body, const struct scope *scope) {
    struct query *query = open_query(rendering, opening->name, scope);
    if (query == NULL) {
        return false;
    }
    bool wants_none = opening->sign == '^';
    const struct scope inner = {.outer = scope, .query = query};
    int step = query_step(query, rendering->fault);
    bool is_good = true;
    if (wants_none && step == 0) {
        is_good = render_part(rendering, body, scope);
    }
    while (!wants_none && is_good && step == 1) {
        is_good = render_part(rendering, body, &inner);
        step = is_good ? query_step(query, rendering->fault) : step;
    }
    query_close(query);
    return is_good && step >= 0;
}

static bool render_section(const struct rendering *rendering, const struct tag *opening,
                           struct span body, const struct scope *scope) {
    if (opening->sign == '#' || opening->sign == '^') {
        return render_rows(rendering, opening, body, scope);
    }
    const char *value = NULL;
    if (!find_value(scope, opening->name, &value)) {
        return fail_tag(rendering, opening->name, "is no name known here");
    }
    bool is_wanted = (*value != '\0') == (opening->sign == '?');
    return !is_wanted || render_part(rendering, body, scope);
}

static bool add_value(const struct rendering *rendering, const struct tag *tag, const char *value) {
    if (span_is(tag->form, "block")) {
        markdown_add_block(rendering->out, value);
    } else if (span_is(tag->form, "date")) {
        words_add_date(rendering->out, value);
    } else if (span_is(tag->form, "amount")) {
        words_add_amount(rendering->out, value);
    } else if (span_is(tag->form, "")) {
        markdown_add_inline(rendering->out, value);
    } else {
        return fail_tag(rendering, tag->form, "is no form (use date, amount or block)");
    }
    return true;
}

static bool render_value(const struct rendering *rendering, const struct tag *tag,
                         const struct scope *scope) {
    const char *value = NULL;
    if (!find_value(scope, tag->name, &value)) {
        return fail_tag(rendering, tag->name, "is no name known here");
    }
    if (*value != '\0') {
        return add_value(rendering, tag, value);
    }
    if (tag->words.begin != tag->words.end) {
        buffer_addf(rendering->out, "[to fill: %.*s]", (int)span_length(tag->words),
                    tag->words.begin);
    }
    return true;
}

static bool render_part(const struct rendering *rendering, struct span part,
                        const struct scope *scope) {
    struct tag tag = {0};
    while (find_tag(rendering, part, &tag)) {
        buffer_append(rendering->out, part.begin, (size_t)(tag.before - part.begin));
        part.begin = tag.behind;
        if (tag.sign == '/') {
            return fail_tag(rendering, tag.name, "closes nothing");
        }
        if (tag.sign == 0) {
            if (!render_value(rendering, &tag, scope)) {
                return false;
            }
            continue;
        }
        struct tag closing = tag;
        if (!find_closing(rendering, part, &tag, &closing) ||
            !render_section(rendering, &tag, (struct span){part.begin, closing.before}, scope)) {
            return false;
        }
        part.begin = closing.behind;
    }
    buffer_append(rendering->out, part.begin, span_length(part));
    return true;
}

bool template_render(const struct template_source *source, struct workbook *workbook,
                     struct buffer *out, struct fault *fault) {
    static const char facts_name[] = "facts";
    struct rendering rendering = {
        .source = source, .workbook = workbook, .out = out, .fault = fault};
    struct query *facts =
        open_query(&rendering, (struct span){facts_name, facts_name + strlen(facts_name)}, NULL);
    int step = facts == NULL ? -1 : query_step(facts, fault);
    bool is_good = false;
    if (step == 0) {
        fault_set(fault, FAULT_FAILED, "the template %s: the query facts has no row", source->name);
    } else if (step == 1) {
        const struct scope scope = {.query = facts};
        is_good = render_part(
            &rendering, (struct span){source->text, source->text + strlen(source->text)}, &scope);
    }
    query_close(facts);
    return is_good;
}
