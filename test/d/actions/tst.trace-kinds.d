/* SPDX-License-Identifier: MIT */
/*
 * trace() prints by type: integers, strings, char arrays as text, quietly without padding.
 * @@ needs: btf
 */
BEGIN { trace(1); trace(" "); trace(-1LL); trace(" "); trace((char)7); trace(" "); trace("text"); exit(0); }
