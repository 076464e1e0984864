/* SPDX-License-Identifier: MIT */
/*
 * Probes that need more than Linux's tracepoints tell are refused with the reason.
 * @@ runs: for p in adaptive-acquire rw-upgrade spin-release thread-spin; do "$DTRACE" -n "lockstat:::$p" 2>&1 | grep hint; done
 */
