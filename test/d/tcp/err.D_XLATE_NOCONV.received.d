/* SPDX-License-Identifier: MIT */
/* Where a segment comes in, its socket is not known, so it has no state. */
tcp:::receive { trace(args[3]->tcps_lport); trace(args[3]->tcps_state); }
