/* SPDX-License-Identifier: MIT */
/* A member has to be there. */
BEGIN { trace(curthread->no_such_member); exit(0); }
