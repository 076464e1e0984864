dtrace: failed to grab pid 4194305: no such process
