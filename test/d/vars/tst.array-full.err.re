(?:dtrace: \d+ dynamic variable drops?.*\n?)+
