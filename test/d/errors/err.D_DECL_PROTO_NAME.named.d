/* Keys have no names. */
int a[int name];
BEGIN { exit(0); }
