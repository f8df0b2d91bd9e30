/* What every test includes first: cmocka's header wants the four before it. */
#ifndef CLAUSE5_TESTS_SUPPORT_TESTING_H
#define CLAUSE5_TESTS_SUPPORT_TESTING_H

/* The order is cmocka's. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
