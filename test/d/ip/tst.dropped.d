/* SPDX-License-Identifier: MIT */
/*
 * A datagram for nobody is thrown away where it comes in, one for a dead cable where it goes out,
 * and the kernel says why.
 * @@ needs: btf veth
 * @@ sort:
 * @@ args: -c "python3 network.py dropped"
 */
ip:::drop-in
/args[6] == SKB_DROP_REASON_NO_SOCKET && args[2]->ip_plength == 141/
{
	printf("%s: %s > %s, %d %d\n", probename, args[2]->ip_saddr, args[2]->ip_daddr,
	    args[4]->ipv4_protocol, args[5]->ipv6_nexthdr);
}

ip:::drop-out
/args[2]->ip_plength == 141/
{
	printf("%s: %s > %s at %s, %d %d, known %d\n", probename, args[2]->ip_saddr,
	    args[2]->ip_daddr, args[3]->if_name, args[4]->ipv4_protocol, args[5]->ipv6_nexthdr,
	    args[6] == SKB_DROP_REASON_QDISC_DROP);
}
