/* The order in which registers can be read: what is referred to before what refers. */
#ifndef EXCHANGE_ORDER_H
#define EXCHANGE_ORDER_H

#include "clause5/register/register.h"

/* Fills ORDER with every register, each behind those that its fields refer to; a register's
 * references to itself do not count. */
void order_by_references(enum register_id order[static REGISTER_COUNT]);

#endif
