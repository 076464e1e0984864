/* SPDX-License-Identifier: MIT */
/*
 * What goes through a VLAN over a bond over a cable is one packet on each side: sent at the device
 * that has the address, received at the cable.
 * @@ needs: btf veth bond
 * @@ sort:
 * @@ args: -c "python3 network.py stacked"
 */
ip:::send, ip:::receive
/(args[4]->ipv4_protocol == IPPROTO_UDP || args[5]->ipv6_nexthdr == IPPROTO_UDP) &&
    (strstr(args[2]->ip_saddr, "10.47.5.") != NULL || strstr(args[2]->ip_saddr, "10.47.6.") != NULL ||
    strstr(args[2]->ip_saddr, "fd47:5::") != NULL || strstr(args[2]->ip_saddr, "fd47:6::") != NULL)/
{
	printf("%s at %s: %s > %s, %d bytes\n", probename, args[3]->if_name, args[2]->ip_saddr,
	    args[2]->ip_daddr, args[2]->ip_plength);
}
