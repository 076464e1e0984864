/* SPDX-License-Identifier: MIT */
/*
 * -h writes a header for C and C++; -G writes an object that links with it.
 * @@ runs: cd $TMP; echo 'provider my { probe a__b(int, char *); probe c(void); };' > my.d; "$DTRACE" -h -s my.d && "$DTRACE" -G -s my.d && printf '#include "my.h"\nint main(int n, char **v) { if (MY_A_B_ENABLED()) return 1; MY_A_B(n, v[0]); MY_C(); return 0; }\n' > t.c && cc -Wall -Wextra -Werror t.c my.o -o t && ./t && readelf -nW t | grep -c 'Provider: my' 
 */
BEGIN { exit(0); }
