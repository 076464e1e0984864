/* SPDX-License-Identifier: MIT */
/* Its arguments have no types. */
rawtp:::sched_switch { trace(args[0]); }
