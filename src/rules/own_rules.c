/* Owns the rules that need no other record: the workbook's own page, communications, KPIs. */
#include "rules/rule.h"

#include <ctype.h>
#include <string.h>

/* registers.tsv: the workbook has exactly one row, which comes with its making. */
static bool check_only_row(struct row *row, struct fault *fault) {
    const struct question question = {.sql = "SELECT id FROM workbook"};
    int64_t id = 0;
    if (row->before != NULL) {
        return true;
    }
    enum lookup found = ask_first(row->asker, &question, &id, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    return fault_set(fault, FAULT_REFUSED,
                     "a workbook has exactly one page of its own, which is there already: change "
                     "that one");
}

static bool check_currency(struct row *row, struct fault *fault) {
    const char *code = row_text(row, WORKBOOK_CURRENCY);
    bool is_code = strlen(code) == 3 && isalpha((unsigned char)code[0]) &&
                   isalpha((unsigned char)code[1]) && isalpha((unsigned char)code[2]);
    if (is_code || row_is_empty(row, WORKBOOK_CURRENCY)) {
        return true;
    }
    return fault_refuse_field(fault, WORKBOOK_CURRENCY,
                              "\"%s\" is not a currency: use its code of three letters, such as "
                              "EUR",
                              code);
}

row_check *const workbook_rules[] = {check_only_row, check_currency, NULL};

static bool check_communication_has_day(struct row *row, struct fault *fault) {
    if (!row_is_empty(row, COMMUNICATION_PLANNED_ON) || !row_is_empty(row, COMMUNICATION_SENT_ON)) {
        return true;
    }
    return row_refuse(row, fault, COMMUNICATION_PLANNED_ON,
                      "is neither planned nor sent: say when it is to be sent, or when it was");
}

row_check *const communication_rules[] = {check_communication_has_day, NULL};

static bool check_target(struct row *row, struct fault *fault) {
    if (row_is(row, KPI_DIRECTION, "within") || !row_is_empty(row, KPI_TARGET)) {
        return true;
    }
    return row_refuse(row, fault, KPI_TARGET,
                      "has no target, which one that should go %s needs: set the value to reach",
                      row_text(row, KPI_DIRECTION));
}

static bool check_limits(struct row *row, struct fault *fault) {
    if (!row_is(row, KPI_DIRECTION, "within")) {
        return true;
    }
    if (row_is_empty(row, KPI_LOWER)) {
        return row_refuse(row, fault, KPI_LOWER,
                          "has no lower limit, which one that should stay within needs: set it");
    }
    if (row_is_empty(row, KPI_UPPER)) {
        return row_refuse(row, fault, KPI_UPPER,
                          "has no upper limit, which one that should stay within needs: set it");
    }
    return row->values[KPI_LOWER].number <= row->values[KPI_UPPER].number ||
           row_refuse(row, fault, KPI_LOWER,
                      "has a lower limit above its upper limit: exchange the two");
}

row_check *const kpi_rules[] = {check_target, check_limits, NULL};
