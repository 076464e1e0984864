/* SPDX-License-Identifier: MIT */
/*
 * A router receives and sends what it forwards. That is no datagram of its own: udp has it sent
 * once, by its sender.
 * @@ needs: btf veth
 * @@ sort:
 * @@ args: -c "python3 network.py routed"
 */
ip:::send, ip:::receive
/args[4]->ipv4_protocol == IPPROTO_UDP &&
    (strstr(args[2]->ip_saddr, "10.47.2.") != NULL || strstr(args[2]->ip_saddr, "10.47.3.") != NULL)/
{
	printf("%s at %s: %s > %s\n", probename, args[3]->if_name, args[2]->ip_saddr,
	    args[2]->ip_daddr);
}

ip:::send, ip:::receive
/args[5]->ipv6_nexthdr == IPPROTO_UDP && (strstr(args[2]->ip_saddr, "fd47:2::") != NULL ||
    strstr(args[2]->ip_saddr, "fd47:3::") != NULL)/
{
	printf("%s at %s: %s > %s\n", probename, args[3]->if_name, args[2]->ip_saddr,
	    args[2]->ip_daddr);
}

udp:::send
/strstr(args[2]->ip_saddr, "10.47.2.") != NULL || strstr(args[2]->ip_saddr, "10.47.3.") != NULL ||
    strstr(args[2]->ip_saddr, "fd47:2::") != NULL || strstr(args[2]->ip_saddr, "fd47:3::") != NULL/
{
	printf("udp %s: %s > %s, %d bytes\n", probename, args[2]->ip_saddr, args[2]->ip_daddr,
	    args[4]->udp_length - 8);
}
