...
\s+functions`inner.*
\s+functions`middle.*
.*
\s+functions`inner.*
\s+functions`middle.*
...
