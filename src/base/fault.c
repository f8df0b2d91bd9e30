/* Owns messages for people; knows nothing of where they are shown. */
#include "clause5/base/fault.h"

#include <stdarg.h>

#include "clause5/base/die.h"

__attribute__((format(printf, 3, 0))) static void
fault_fill(struct fault *fault, enum fault_kind kind, const char *format, va_list arguments) {
    /* The old message may be among the arguments, so it goes last. */
    struct buffer text = {0};
    buffer_add_list(&text, format, arguments);
    buffer_free(&fault->text);
    fault->text = text;
    fault->kind = kind;
    fault->field_plus_one = 0;
}

bool fault_set(struct fault *fault, enum fault_kind kind, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fault_fill(fault, kind, format, arguments);
    va_end(arguments);
    return false;
}

bool fault_refuse_field(struct fault *fault, int field, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fault_fill(fault, FAULT_REFUSED, format, arguments);
    va_end(arguments);
    fault->field_plus_one = field + 1;
    return false;
}

bool fault_prefix(struct fault *fault, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(&text, format, arguments);
    va_end(arguments);
    buffer_add(&text, ": ");
    buffer_add(&text, fault_text(fault));
    buffer_free(&fault->text);
    fault->text = text;
    return false;
}

const char *fault_text(const struct fault *fault) {
    return buffer_text(&fault->text);
}

int fault_field(const struct fault *fault) {
    return fault->field_plus_one - 1;
}

int fault_exit_status(const struct fault *fault) {
    static const int statuses[] = {
        [FAULT_NONE] = EXIT_GOOD,      [FAULT_REFUSED] = EXIT_FOUND, [FAULT_USAGE] = EXIT_USAGE,
        [FAULT_LOCKED] = EXIT_FAILED,  [FAULT_FAILED] = EXIT_FAILED, [FAULT_DAMAGED] = EXIT_FAILED,
        [FAULT_STOPPED] = EXIT_FAILED,
    };
    return statuses[fault->kind];
}

void fault_clear(struct fault *fault) {
    buffer_free(&fault->text);
    *fault = (struct fault){0};
}
