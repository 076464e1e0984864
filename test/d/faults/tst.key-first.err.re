dtrace: error on enabled probe ID \d+ \(ID 1: dtrace:::BEGIN\): divide-by-zero in action #1.*
dtrace: error on enabled probe ID \d+ \(ID 1: dtrace:::BEGIN\): invalid address \(0x0\) in action #1.*
