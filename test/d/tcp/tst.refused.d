/* SPDX-License-Identifier: MIT */
/*
 * A connection that nobody listens for is refused on one side and on the other. A reset of an
 * established connection refuses nothing.
 * @@ needs: btf
 * @@ sort:
 * @@ args: -x temporal -c "unshare -n python3 service.py refused 4750"
 */
tcp:::accept-refused, tcp:::connect-refused
/args[4]->tcp_sport == 4750 && (args[4]->tcp_dport == 4751 || args[4]->tcp_dport == 4752)/
{
	printf("%s %s.%d > %s.%d\n", probename, args[2]->ip_saddr, args[4]->tcp_sport,
	    args[2]->ip_daddr, args[4]->tcp_dport);
}

tcp:::send
/args[4]->tcp_sport == 4750 && args[4]->tcp_flags & TH_RST/
{
	printf("reset to %s.%d\n", args[3]->tcps_raddr, args[3]->tcps_rport);
}
