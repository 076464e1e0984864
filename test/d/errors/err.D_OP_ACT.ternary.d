/* SPDX-License-Identifier: MIT */
/* Actions are no arms of ?:. */
BEGIN { pid ? stack() : stack(); exit(0); }
