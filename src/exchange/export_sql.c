/* Owns the SQL of an export, built from the descriptions alone. Runs nothing. */
#include "exchange/export_sql.h"

#include "clause5/base/memory.h"
#include "exchange/joined.h"

static const char *const no_names[] = {NULL};
static const char *const policy_names[] = {
    "version", "status", "approved_by", "approved_on", "effective_on", "reviewed_on", NULL};
static const char *const objective_names[] = {
    "kpi", "unit", "direction", "baseline", "target", "frequency", "value", "measured_on", NULL};

/* What the sheets that join registers add: names, expressions, and where these come from. */
static const struct joined_columns {
    enum register_id register_id;
    const char *const *names;
    const char *expressions;
    const char *tables;
} joined_columns[] = {
    {.register_id = REGISTER_POLICY,
     .names = policy_names,
     .expressions = ", v.version, v.status,"
                    " coalesce((SELECT ref FROM role WHERE id = v.approved_by),"
                    " (SELECT name FROM person WHERE id = v.approved_by)),"
                    " v.approved_on, v.effective_on, v.reviewed_on",
     .tables = " LEFT JOIN policy_version v ON v.id = " JOINED_CURRENT_VERSION("t.id")},
    {.register_id = REGISTER_OBJECTIVE,
     .names = objective_names,
     .expressions = ", k.ref, k.unit, k.direction, k.baseline, k.target, k.frequency,"
                    " m.value, m.measured_on",
     .tables = " LEFT JOIN kpi k ON k.id = " JOINED_ONLY_KPI("t.id")
     /* its newest value */
     " LEFT JOIN measurement m ON m.id = (SELECT id FROM measurement"
     " WHERE kpi = k.id ORDER BY measured_on DESC LIMIT 1)"}};

static const struct joined_columns *find_joined(enum register_id register_id) {
    for (size_t i = 0; i < COUNT(joined_columns); i++) {
        if (joined_columns[i].register_id == register_id) {
            return &joined_columns[i];
        }
    }
    return NULL;
}

const char *const *export_joined_names(enum register_id register_id) {
    const struct joined_columns *joined = find_joined(register_id);
    return joined == NULL ? no_names : joined->names;
}

/* Every register that can be referred to has a key of one part. What a field refers to is joined as
 * r and the field's number, a party as role and person. */
static void add_column(struct buffer *sql, const struct field *field, int number) {
    if (field->type == FIELD_REFERENCE) {
        const struct register_description *target = register_describe(field->target);
        buffer_addf(sql, "r%d.\"%s\"", number, target->fields[target->key[0]].name);
    } else if (field->type == FIELD_PARTY) {
        buffer_addf(sql, "coalesce(role%d.ref, person%d.name)", number, number);
    } else {
        buffer_addf(sql, "t.\"%s\"", field->name);
    }
}

static void add_table(struct buffer *sql, const struct field *field, int number) {
    if (field->type == FIELD_REFERENCE) {
        buffer_addf(sql, " LEFT JOIN \"%s\" r%d ON r%d.id = t.\"%s\"",
                    register_describe(field->target)->name, number, number, field->name);
    } else if (field->type == FIELD_PARTY) {
        buffer_addf(sql,
                    " LEFT JOIN role role%d ON role%d.id = t.\"%s\""
                    " LEFT JOIN person person%d ON person%d.id = t.\"%s\"",
                    number, number, field->name, number, number, field->name);
    }
}

const struct field *export_lead(enum register_id register_id) {
    const struct register_description *described = register_describe(register_id);
    const struct field *first =
        described->key_count > 1 ? &described->fields[described->key[0]] : NULL;
    return first != NULL && first->type == FIELD_REFERENCE ? first : NULL;
}

void export_sql_leads(struct buffer *sql, const struct field *lead) {
    const struct register_description *target = register_describe(lead->target);
    buffer_addf(sql, "SELECT id FROM \"%s\" ORDER BY \"%s\" COLLATE BINARY", target->name,
                target->fields[target->key[0]].name);
}

void export_sql(struct buffer *sql, enum register_id register_id, bool with_joined) {
    const struct register_description *described = register_describe(register_id);
    const struct joined_columns *joined = with_joined ? find_joined(register_id) : NULL;
    const struct field *lead = export_lead(register_id);
    buffer_add(sql, "SELECT ");
    for (int field = 0; field < described->field_count; field++) {
        buffer_add(sql, field > 0 ? ", " : "");
        add_column(sql, &described->fields[field], field);
        buffer_addf(sql, " AS c%d", field);
    }
    buffer_add(sql, joined == NULL ? "" : joined->expressions);
    buffer_addf(sql, " FROM \"%s\" t", described->name);
    for (int field = 0; field < described->field_count; field++) {
        add_table(sql, &described->fields[field], field);
    }
    buffer_add(sql, joined == NULL ? "" : joined->tables);
    if (lead != NULL) {
        buffer_addf(sql, " WHERE t.\"%s\" IS :lead", lead->name);
    }
    for (int part = lead != NULL ? 1 : 0; part < described->key_count; part++) {
        buffer_addf(sql, "%s c%d COLLATE BINARY",
                    part == (lead != NULL ? 1 : 0) ? " ORDER BY" : ",", described->key[part]);
    }
}
