/* SPDX-License-Identifier: MIT */
/*
 * --features says of each provider that it is offered exactly if probes of it can be listed, and
 * what the kernel has; it needs the privileges of tracing.
 * @@ needs: btf root
 * @@ runs: exec sh ./features.sh
 */
