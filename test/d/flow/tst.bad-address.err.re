dtrace: error on enabled probe ID \d+ \(ID 1: dtrace:::BEGIN\): invalid address \(0x40\) in action #1
