/* The described registers, one file a pane; registers.c puts them in the order of enum register_id.
 */
#ifndef CLAUSE5_REGISTER_TABLES_H
#define CLAUSE5_REGISTER_TABLES_H

#include "clause5/register/register.h"

extern const struct register_description register_workbook;
extern const struct register_description register_person;
extern const struct register_description register_policy;
extern const struct register_description register_policy_version;
extern const struct register_description register_translation;
extern const struct register_description register_acknowledgement;
extern const struct register_description register_obligation;
extern const struct register_description register_policy_obligation;
extern const struct register_description register_role;
extern const struct register_description register_activity;
extern const struct register_description register_responsibility;
extern const struct register_description register_course;
extern const struct register_description register_role_course;
extern const struct register_description register_training;
extern const struct register_description register_communication;
extern const struct register_description register_objective;
extern const struct register_description register_kpi;
extern const struct register_description register_measurement;
extern const struct register_description register_requirement;
extern const struct register_description register_audit;
extern const struct register_description register_assessment;
extern const struct register_description register_sample;
extern const struct register_description register_evidence;
extern const struct register_description register_evidence_link;
extern const struct register_description register_review;
extern const struct register_description register_attendance;
extern const struct register_description register_review_input;
extern const struct register_description register_decision;
extern const struct register_description register_action;
extern const struct register_description register_resource;
extern const struct register_description register_exception;

#endif
