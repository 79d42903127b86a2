"""Try many more autumns of a jury than the tests do: ``python benchmarks/jury_states.py [N] [STEPS]``.

Runs the state machine of tests/test_jury_states.py (declare, hand in, vote, void, decide, correct,
crash and reopen) N times with up to STEPS steps; fails with the shortest story that breaks a rule.
"""  # noqa: E501  # the call on one line

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.test_jury_states import JuryStates


def main() -> int:
    """Run the machine and say how often."""
    given = [int(argument) for argument in sys.argv[1:]]
    examples, steps = [*given, *(1000, 50)[len(given) :]]
    heavier = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(JuryStates, settings=heavier)
    print(f"{examples} autumns of up to {steps} steps: no rule was broken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
