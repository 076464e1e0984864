dtrace: error on enabled probe ID \d+ \(ID 1: dtrace:::BEGIN\): illegal operation in action #1
