/* Owns the description of kpi, measurement; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice kpi_direction_choices[] = {
    {.value = "up",
     .label = "up",
     .synonyms = "higher is better;increase;higher;maximise;maximize;increasing;more is better;↑"},
    {.value = "down",
     .label = "down",
     .synonyms = "lower is better;decrease;lower;minimise;minimize;decreasing;less is better;↓"},
    {.value = "within", .label = "within", .synonyms = "range;between"},
    {.value = NULL},
};

static const struct choice kpi_judged_choices[] = {
    {.value = "against target", .label = "against target"},
    {.value = "on the way", .label = "on the way"},
    {.value = NULL},
};

static const struct choice kpi_frequency_choices[] = {
    {.value = "weekly", .label = "weekly", .synonyms = "every week;per week;week"},
    {.value = "monthly", .label = "monthly", .synonyms = "every month;per month;month"},
    {.value = "quarterly",
     .label = "quarterly",
     .synonyms = "every quarter;per quarter;quarter;3 months;every 3 months"},
    {.value = "yearly",
     .label = "yearly",
     .synonyms = "annual;annually;every year;per year;once a year;12 months;year"},
    {.value = NULL},
};

static const struct choice kpi_source_choices[] = {
    {.value = "measured", .label = "measured", .synonyms = "manual;manually"},
    {.value = "acknowledgement rate", .label = "acknowledgement rate"},
    {.value = "training coverage", .label = "training coverage"},
    {.value = "open actions", .label = "open actions"},
    {.value = "overdue actions", .label = "overdue actions"},
    {.value = NULL},
};

static const struct field kpi_fields[] = {
    [KPI_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the measure that stays for good, such as KPI-01",
            .meaning = "",
            .synonyms = "id;kpi id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [KPI_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What is counted, such as people who clicked a test mail",
            .meaning = "",
            .synonyms = "kpi;metric;indicator;measure",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 32,
        },
    [KPI_OBJECTIVE] =
        {
            .name = "objective",
            .label = "Objective",
            .help = "The objective that the figure belongs to",
            .meaning = "",
            .synonyms = "objective ref;linked objective",
            .type = FIELD_REFERENCE,
            .target = REGISTER_OBJECTIVE,
            .width = 11,
        },
    [KPI_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document whose working the figure shows",
            .meaning = "",
            .synonyms = "policy ref;linked policy",
            .type = FIELD_REFERENCE,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [KPI_UNIT] =
        {
            .name = "unit",
            .label = "Unit",
            .help = "What stands behind the figure, such as % or hours",
            .meaning = "such as %, incidents, h",
            .synonyms = "unit of measure",
            .type = FIELD_TEXT,
            .width = 8,
        },
    [KPI_DIRECTION] =
        {
            .name = "direction",
            .label = "Direction",
            .help =
                "Up if more is better, down if less is better, within if it should stay between two limits",
            .meaning = "which way is better",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = kpi_direction_choices,
        },
    [KPI_BASELINE] =
        {
            .name = "baseline",
            .label = "Baseline",
            .help = "The figure before you began",
            .meaning = "",
            .synonyms = "baseline (start of year);start value;baseline value",
            .type = FIELD_NUMBER,
            .flags = FIELD_IN_UNIT,
        },
    [KPI_TARGET] =
        {
            .name = "target",
            .label = "Target",
            .help = "The figure that you want to reach",
            .meaning = "required for up and down",
            .synonyms = "target value;goal",
            .type = FIELD_NUMBER,
            .flags = FIELD_IN_UNIT,
        },
    [KPI_LOWER] =
        {
            .name = "lower",
            .label = "Lower",
            .help = "The lowest figure that is still good, where it should stay within limits",
            .meaning = "required for within",
            .synonyms = "lower limit;minimum",
            .type = FIELD_NUMBER,
            .flags = FIELD_IN_UNIT,
        },
    [KPI_UPPER] =
        {
            .name = "upper",
            .label = "Upper",
            .help = "The highest figure that is still good, where it should stay within limits",
            .meaning = "required for within",
            .synonyms = "upper limit;maximum",
            .type = FIELD_NUMBER,
            .flags = FIELD_IN_UNIT,
        },
    [KPI_AMBER] =
        {
            .name = "amber",
            .label = "Amber",
            .help =
                "How near a miss may be before it turns red; leave empty to let the program choose",
            .meaning =
                "how far from the bar still counts as amber; default a tenth of the way from baseline to target; without a baseline a tenth of the target; within: a tenth of upper minus lower",
            .synonyms = "tolerance",
            .type = FIELD_NUMBER,
            .flags = FIELD_IN_UNIT,
        },
    [KPI_JUDGED] =
        {
            .name = "judged",
            .label = "Judged",
            .help = "Choose on the way if it should rise or fall step by step until the due date",
            .meaning =
                "on the way: the bar is the straight line from baseline at objective.starts_on to target at due_on, then the target; the default where all four are known",
            .type = FIELD_CHOICE,
            .choices = kpi_judged_choices,
        },
    [KPI_FREQUENCY] =
        {
            .name = "frequency",
            .label = "Frequency",
            .help = "How often you take the figure",
            .meaning = "",
            .synonyms = "measurement frequency;interval",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = kpi_frequency_choices,
            .width = 10,
        },
    [KPI_SOURCE] =
        {
            .name = "source",
            .label = "Source",
            .help = "Choose measured if you enter it yourself; the others are counted for you",
            .meaning = "all but 'measured' are computed by the workbook",
            .synonyms = "data source",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = kpi_source_choices,
        },
    [KPI_OWNER] =
        {
            .name = "owner",
            .label = "Owner",
            .help = "Who takes the figure",
            .meaning = "",
            .synonyms = "responsible;kpi owner",
            .type = FIELD_PARTY,
        },
};
_Static_assert(COUNT(kpi_fields) == KPI_FIELDS, "one row per field");

const struct register_description register_kpi = {
    .name = "kpi",
    .label = "KPIs",
    .singular = "KPI",
    .meaning = "a measure of an objective",
    .help =
        "Figures that show whether an objective is being reached, such as the share of staff trained. Take few, and only what you can really count.",
    .pane = "Objectives",
    .ref_prefix = "KPI-",
    .fields = kpi_fields,
    .field_count = KPI_FIELDS,
    .list_first =
        (const int[]){KPI_TITLE, KPI_OBJECTIVE, KPI_TARGET, KPI_UNIT, KPI_FREQUENCY, KPI_OWNER, -1},
    .key = {KPI_REF},
    .key_count = 1,
};

static const struct field measurement_fields[] = {
    [MEASUREMENT_KPI] =
        {
            .name = "kpi",
            .label = "KPI",
            .help = "The measure that the figure belongs to",
            .meaning = "",
            .synonyms = "kpi id;metric;indicator",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_KPI,
            .width = 11,
        },
    [MEASUREMENT_MEASURED_ON] =
        {
            .name = "measured_on",
            .label = "Measured on",
            .help = "The day that the figure stands for",
            .meaning = "",
            .synonyms = "date;measurement date;as of",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [MEASUREMENT_VALUE] =
        {
            .name = "value",
            .label = "Value",
            .help = "The figure alone, without its unit",
            .meaning = "",
            .synonyms = "current value;result;measured value",
            .type = FIELD_NUMBER,
            .flags = FIELD_REQUIRED | FIELD_IN_UNIT,
        },
    [MEASUREMENT_MEASURED_BY] =
        {
            .name = "measured_by",
            .label = "Measured by",
            .help = "Who took it",
            .meaning = "",
            .type = FIELD_PARTY,
        },
    [MEASUREMENT_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "What explains an unusual figure",
            .meaning = "",
            .synonyms = "comment;remarks",
            .type = FIELD_TEXT,
        },
};
_Static_assert(COUNT(measurement_fields) == MEASUREMENT_FIELDS, "one row per field");

const struct register_description register_measurement = {
    .name = "measurement",
    .label = "Measurements",
    .singular = "measurement",
    .meaning = "one value of a KPI",
    .help =
        "The figures themselves, each with its day. Two or more make a trend that management can see at a glance.",
    .pane = "Objectives",
    .fields = measurement_fields,
    .field_count = MEASUREMENT_FIELDS,
    .key = {MEASUREMENT_KPI, MEASUREMENT_MEASURED_ON},
    .key_count = 2,
};
