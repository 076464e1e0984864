CPU     ID                    FUNCTION:NAME
 *\d+      1                           :BEGIN x is 1

                1
