/* SPDX-License-Identifier: MIT */
/* Data may not be recorded after commit(). */
BEGIN { commit(1); trace(1); }
