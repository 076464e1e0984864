\[dtrace\]\[dtr\]\[    dtrace\]

