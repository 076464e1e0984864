CPU     ID                    FUNCTION:NAME
 *\d+      1                           :BEGIN         1       -1               -1    -1  -1 4294967295 65535 255

