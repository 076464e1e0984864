dtrace: error on enabled probe ID \d+ \(ID \d+: notes\d+:notes:floating:floating\): illegal operation in action #1
