/* SPDX-License-Identifier: MIT */
/*
 * Each fragment is a packet of IP; to UDP they are one datagram, which the first shows.
 * @@ needs: btf
 * @@ args: -c "python3 network.py fragmented"
 */
ip:::send, ip:::receive
/args[2]->ip_plength > 900 && (args[4]->ipv4_protocol == IPPROTO_UDP ||
    args[5]->ipv6_nexthdr == IPPROTO_FRAGMENT)/
{
	@packets[args[2]->ip_ver, probename, args[4]->ipv4_flags & IPV4_MF,
	    args[4]->ipv4_offset * 8] = count();
}

udp:::send, udp:::receive
/args[4]->udp_dport == 4771 && args[4]->udp_length == 4008/
{
	@datagrams[args[2]->ip_ver, probename] = count();
}

END
{
	printa("IPv%d %s, more %d, at %d: %@d\n", @packets);
	printa("IPv%d udp %s: %@d\n", @datagrams);
}
