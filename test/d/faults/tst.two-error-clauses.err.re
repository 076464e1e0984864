(?:dtrace: error on enabled probe ID [12] \(ID 1: dtrace:::BEGIN\): divide-by-zero in action #1\n?)+
