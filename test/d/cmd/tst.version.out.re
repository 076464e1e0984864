dtrace: \S+ D \d+\.\d+(\.\d+)?
