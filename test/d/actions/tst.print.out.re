int 0x5
char 'a'
string "text"
...
