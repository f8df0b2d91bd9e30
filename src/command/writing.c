/* Owns what happens before a command writes to a workbook. */
#include "command/writing.h"

#include "clause5/rules/actor.h"
#include "clause5/store/backup.h"
#include "command/command.h"

void writing_begin(struct workbook *workbook) {
    struct fault fault = {0};
    struct buffer path = {0};
    actor_choose(workbook);
    if (!backup_before_writing(workbook, &path, &fault)) {
        fault_prefix(&fault, "clause5: no backup today");
        command_say(fault_text(&fault));
    }
    fault_clear(&fault);
    buffer_free(&path);
}
