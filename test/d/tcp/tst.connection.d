/* SPDX-License-Identifier: MIT */
/*
 * A connection from its request to its end, as each side changes: addresses and ports of both are
 * those of the socket, and the states are the new one and the last. One number names a side in all
 * probes.
 * @@ needs: btf
 * @@ sort:
 * @@ args: -x temporal -c "unshare -n python3 service.py once 4720"
 */
tcp:::connect-request
/args[4]->tcp_dport == 4720 && args[4]->tcp_sport == 4721/
{
	printf("%s: %s.%d > %s.%d, %s, flags %x\n", probename, args[2]->ip_saddr,
	    args[4]->tcp_sport, args[2]->ip_daddr, args[4]->tcp_dport,
	    tcp_state_string[args[3]->tcps_state], args[4]->tcp_flags);
	client = args[1]->cs_cid;
	asking = pid == $target && args[0]->pkt_addr && args[1]->cs_addr == args[3]->tcps_addr;
}

tcp:::connect-established, tcp:::accept-established
/args[3]->tcps_lport + args[3]->tcps_rport == 9441/
{
	printf("%s: %s.%d from %s.%d, %s before %s, known %d\n", probename, args[2]->ip_daddr,
	    args[4]->tcp_dport, args[2]->ip_saddr, args[4]->tcp_sport,
	    tcp_state_string[args[5]->tcps_state], tcp_state_string[args[3]->tcps_state],
	    (args[1]->cs_cid == client) + 2 * asking);
}

tcp:::state-change
/args[3]->tcps_lport == 4720 || args[3]->tcps_lport == 4721/
{
	printf("%s.%d %s to %s\n", args[3]->tcps_laddr, args[3]->tcps_lport,
	    tcp_state_string[args[5]->tcps_state], tcp_state_string[args[3]->tcps_state]);
}
