# SPDX-License-Identifier: MIT
"""Models of D's aggregating functions, for test/model/aggregations and test/python.

The functions are those of build/tools/rows; the model of NAME is test/model/aggfuncs/NAME.py, and a
function without one is a failure that names it. A model has

    number(values)       what the function shows for these values, if it shows a number
    label(value, *args)  the label of the row that counts a value, if it shows a distribution
    ARGUMENTS            the arguments after the value, a tuple per call that is tried
    SLOW_ARGUMENTS       those that need a fast machine
    BITS                 values have up to so many bits, with any sign; 63 if not given
"""

import importlib.util
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

MODELS = Path(__file__).resolve().parent / "aggfuncs"


def signed(number):
    """The number as 64 bits hold it."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


def divided(dividend, divisor):
    """Divide towards zero, as C does."""
    return abs(dividend) // abs(divisor) * (1 if (dividend < 0) == (divisor < 0) else -1)


@dataclass(frozen=True)
class Call:
    """A function with arguments."""

    name: str
    arguments: tuple
    takes_value: bool
    model: ModuleType

    @property
    def bits(self):
        return getattr(self.model, "BITS", 63)

    @property
    def is_distribution(self):
        return hasattr(self.model, "label")

    def of(self, value):
        """D's text of the call."""
        words = [value] * self.takes_value + [str(argument) for argument in self.arguments]
        return f"{self.name}({', '.join(words)})"

    def result(self, values):
        """A number, or {label: count}."""
        if not self.is_distribution:
            return self.model.number(values)
        found = {}
        for value in values:
            label = self.model.label(value, *self.arguments)
            found[label] = found.get(label, 0) + 1
        return found

    def __str__(self):
        return self.of("value")


def functions(build):
    """The rows of the aggregating functions that the library in the build folder has."""
    command = [build / "tools/rows", "aggregating"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def model_of(row):
    """The function's model; LookupError if there is none that fits."""
    name = row["name"]
    path = MODELS / f"{name}.py"
    if not path.exists():
        raise LookupError(f"{name}() has no model: {path.relative_to(MODELS.parents[2])}")
    spec = importlib.util.spec_from_file_location(f"aggfuncs_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, "label" if row["distribution"] else "number"):
        raise LookupError(f"the model of {name}() is of the wrong kind")
    return module


def calls(build, slow=False):
    """Every call to try of every function that has a model."""
    for row in functions(build):
        try:
            model = model_of(row)
        except LookupError:  # for the caller to report, by model_of()
            continue
        every = getattr(model, "SLOW_ARGUMENTS", []) if slow else getattr(model, "ARGUMENTS", [()])
        for arguments in every:
            yield Call(row["name"], arguments, "@" in row["prototype"], model)
