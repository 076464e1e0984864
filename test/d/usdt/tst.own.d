/* SPDX-License-Identifier: MIT */
/*
 * The header of -h and the object of -G make a program whose probes fire, those behind _ENABLED()
 * too.
 * @@ needs: uprobes
 * @@ runs: FILE=$PWD/$FILE; cd $TMP; echo 'provider my { probe a__b(int, char *); probe c(void); };' > my.d; "$DTRACE" -h -s my.d && "$DTRACE" -G -s my.d && printf '#include "my.h"\nint main(int n, char **v) { if (MY_A_B_ENABLED()) MY_A_B(n - 8, v[1]); MY_C(); return 0; }\n' > t.c && cc t.c my.o -o t && "$DTRACE" -q -s $FILE -c "./t hello"
 */
my$target:t:main:a-b { printf("%d %s\n", (int)arg0, copyinstr(arg1)); }
my$target:::c { printf("%s\n", probename); }
