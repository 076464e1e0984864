1
functions`main\+0x[0-9a-f]+
1 1
1

