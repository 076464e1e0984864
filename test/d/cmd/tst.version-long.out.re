dtrace \(python-dtrace\) \d+\.\d+\.\d+
\S+ D \d+\.\d+(\.\d+)?
