/* SPDX-License-Identifier: MIT */
/*
 * A tracepoint of a module, without its name: the guest's files come by 9p.
 * @@ needs: vm
 * @@ args: -c "cat /etc/hostname"
 */
sdt:::9p_client_req { printf("%s\n", probemod); exit(0); }
