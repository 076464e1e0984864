/* SPDX-License-Identifier: MIT */
/*
 * Each datagram is sent once and received once, with its length, addresses and ports; local and
 * remote are what they are for the side that sends or receives. One number names a side both ways.
 * @@ needs: btf
 * @@ sort:
 * @@ args: -c "unshare -n python3 exchange.py"
 */
udp:::send, udp:::receive
/args[4]->udp_sport + args[4]->udp_dport == 9561/
{
	@datagrams[probename, args[2]->ip_saddr, args[4]->udp_sport, args[4]->udp_length - 8] = count();
	@sides[probename, args[3]->udps_laddr, args[3]->udps_lport, args[3]->udps_raddr,
	    args[3]->udps_rport, args[0]->pkt_addr == (uintptr_t)arg0] = count();
	@ids[args[1]->cs_cid, args[3]->udps_lport] = count();
	@packets[args[2]->ip_ver, args[2]->ip_plength == args[4]->udp_length, args[2]->ip_saddr ==
	    args[2]->ip_daddr] = count();
}

END
{
	printa("%s from %s.%d, %d bytes: %@d\n", @datagrams);
	printa("%s for %s.%d with %s.%d, %d: %@d\n", @sides);
	printa("IPv%d %d %d: %@d\n", @packets);
	printa("side %x, port %d: %@d\n", @ids);
}
