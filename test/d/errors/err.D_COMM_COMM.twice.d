/* SPDX-License-Identifier: MIT */
/* A clause may call commit() once. */
BEGIN { commit(1); commit(2); }
