"""Run independent work here or elsewhere with the same result, and draw random numbers that can be compared."""

from clarion.compute.draws import antithetic, stream
from clarion.compute.named import runner_named
from clarion.compute.runner import Processes, Runner, Serial, Streams, WorkerLost

__all__ = ["Processes", "Runner", "Serial", "Streams", "WorkerLost", "antithetic", "runner_named", "stream"]
