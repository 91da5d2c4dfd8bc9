"""Scores into probabilities: a multinomial regression that has a few weights for all classes together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_NEWTON_STEPS = 30
_SMALLEST_STEP = 1e-3
_SETTLED = 1e-3
_PRIOR = 0.1


def probabilities(clues: Numbers, weights: Numbers) -> Numbers:
    """The probability of every class; `clues` has a row a class and a column a weight, or many such matrices."""
    logits = clues @ weights
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def calibrate(clues: Numbers, truth: NDArray[np.int64]) -> Numbers:
    """Weights of the clues by damped Newton steps on the likelihood.

    `clues` has a matrix for each text (classes by clues), `truth` the right class of each.
    """
    weights = np.zeros(clues.shape[-1])
    rows = np.arange(len(truth))

    def loss(at: Numbers) -> float:
        chances = probabilities(clues, at)[rows, truth]
        return float(-np.log(np.maximum(chances, 1e-12)).sum() + _PRIOR / 2 * at @ at)

    for _ in range(_NEWTON_STEPS):
        chances = probabilities(clues, weights)
        weighted = chances[..., None] * clues
        expected = weighted.sum(axis=1)
        gradient = (expected - clues[rows, truth]).sum(axis=0) + _PRIOR * weights
        spread = np.tensordot(weighted, clues, axes=([0, 1], [0, 1])) - expected.T @ expected
        step = np.linalg.solve(spread + _PRIOR * np.eye(len(weights)), gradient)
        before, size = loss(weights), 1.0
        while loss(weights - size * step) > before and size > _SMALLEST_STEP:
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < _SETTLED:
            break
    return weights
