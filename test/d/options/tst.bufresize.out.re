dtrace: buffer size lowered to [0-9]+[mk]
traces
0
traces
0
dtrace: could not enable tracing: cannot make the kernel's map "ring": Cannot allocate memory
1
