CPU     ID                    FUNCTION:NAME
 +[0-9]+      1                           :BEGIN <in
>

