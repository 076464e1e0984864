/* SPDX-License-Identifier: MIT */
/*
 * Programs that the consumer runs itself, with dt_bpf_test_run(): BEGIN, END and ERROR.  The target
 * is a plain struct dt_target.
 */
#ifndef DT_ATTACH_TEST_RUN_H
#define DT_ATTACH_TEST_RUN_H

#include "contract/mechanism.h"

extern const struct dt_mech_ops dt_mech_test_run;

#endif
