# SPDX-License-Identifier: MIT
"""Compare speculations in all orders of their actions with a model; print how many there are."""

import itertools
import os
import subprocess
import tempfile

STATEMENTS = {
    "N": "x{n} = speculation();",
    "S": 'speculate(x{n}); printf("{text}\\n");',
    "C": "commit(x{n});",
    "D": "discard(x{n});",
}


def model(order, texts):
    """What is printed; a speculation that another one replaces in its variable is forgotten."""
    held, shown = [], []
    for action, text in zip(order, texts, strict=True):
        if action == "N":
            held = []
        elif held is not None and action == "S":
            held.append(text)
        elif action in "CD":
            shown += held if held and action == "C" else []
            held = None
    return shown


orders = ["N" + "".join(rest) for rest in itertools.product("NSCD", repeat=3)]
program = [f"#pragma D option nspec={4 * len(orders)}"]
wanted = []
for n, order in enumerate(orders):
    texts = [f"{order} {i}" for i in range(len(order))]
    wanted += model(order, texts)
    for action, text in zip(order, texts, strict=True):
        program.append("BEGIN { " + STATEMENTS[action].format(n=n, text=text) + " }")
program.append("BEGIN { exit(0); }\n")
with tempfile.NamedTemporaryFile("w", suffix=".d") as script:
    script.write("\n".join(program))
    script.flush()
    command = [os.environ["DTRACE"], "-q", "-s", script.name]
    got = subprocess.run(command, capture_output=True, text=True, check=False)
if got.stderr or got.stdout.strip("\n") != "\n".join(wanted):
    print(got.stdout, got.stderr)
print(len(orders), len(wanted))
