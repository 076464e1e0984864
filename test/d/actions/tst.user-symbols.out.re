1
  functions`main {37} functions {42} functions`main {37} functions`main\+0x[0-9a-f]+ *
  functions`main                                                    1
  functions                                                         1
  functions`main                                                    1
