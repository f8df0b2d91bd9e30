/* Owns what is set aside: a check for a record, with a reason and until a day. */
#include <stdlib.h>
#include <string.h>

#include "audit/check_run_inside.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"

bool check_exceptions_load(struct check_run *run, struct fault *fault) {
    static const char sql[] = "SELECT \"check\", register, record, reason, until_on\n"
                              "FROM exception\n"
                              "WHERE until_on >= :today";
    int step;
    struct query *query = check_run_query(run, sql, fault);
    if (query == NULL) {
        return false;
    }
    while ((step = query_step(query, fault)) > 0) {
        run->exceptions = memory_reserve(run->exceptions, &run->exception_capacity,
                                         run->exception_count + 1, sizeof *run->exceptions);
        run->exceptions[run->exception_count++] =
            (struct check_exception){.check = memory_copy_text(query_text(query, 0)),
                                     .register_name = memory_copy_text(query_text(query, 1)),
                                     .record = memory_copy_text(query_text(query, 2)),
                                     .reason = memory_copy_text(query_text(query, 3)),
                                     .until_on = memory_copy_text(query_text(query, 4))};
    }
    query_close(query);
    return step == 0;
}

void check_exceptions_free(struct check_run *run) {
    for (size_t i = 0; i < run->exception_count; i++) {
        free(run->exceptions[i].check);
        free(run->exceptions[i].register_name);
        free(run->exceptions[i].record);
        free(run->exceptions[i].reason);
        free(run->exceptions[i].until_on);
    }
    free(run->exceptions);
}

void check_exceptions_apply(const struct check_run *run, struct finding *finding) {
    const char *register_name = register_describe(finding->check->register_id)->name;
    for (size_t i = 0; i < run->exception_count; i++) {
        const struct check_exception *exception = &run->exceptions[i];
        if (strcmp(exception->check, finding->check->id) == 0 &&
            strcmp(exception->register_name, register_name) == 0 &&
            text_compare_ascii_case(exception->record, finding->record) == 0) {
            finding->set_aside_until = memory_copy_text(exception->until_on);
            finding->set_aside_reason = memory_copy_text(exception->reason);
            return;
        }
    }
}
