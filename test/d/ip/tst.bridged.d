/* SPDX-License-Identifier: MIT */
/*
 * What a bridge hands on from port to port is no packet of its host. What is for the host counts at
 * the bridge and not at the port, and so does what it sends.
 * @@ needs: btf veth bridge
 * @@ sort:
 * @@ args: -c "python3 network.py bridged"
 */
ip:::send, ip:::receive
/args[4]->ipv4_protocol == IPPROTO_UDP &&
    (args[4]->ipv4_src & 0xffffff) == htonl(0x0a2f0100)/
{
	printf("%s at %s: %s > %s, %d bytes\n", probename, args[3]->if_name, args[2]->ip_saddr,
	    args[2]->ip_daddr, args[2]->ip_plength);
}

ip:::send, ip:::receive
/args[5]->ipv6_nexthdr == IPPROTO_UDP && strstr(args[5]->ipv6_saddr, "fd47:1::") != NULL/
{
	printf("%s at %s: %s > %s, %d bytes\n", probename, args[3]->if_name, args[2]->ip_saddr,
	    args[2]->ip_daddr, args[2]->ip_plength);
}
