"""Ridge regression by blocks against the textbook: the inverse of the whole matrix, and leaving one out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bot.core.ridge import ridge_regression


def _problem(size: int, classes: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(size)
    features = chance.normal(size=(size, 30)).astype(np.float32)
    kernel = (features @ features.T / 30).astype(np.float32)
    ridge = chance.uniform(0.5, 1.0, size).astype(np.float32)
    truth = np.eye(classes, dtype=np.float32)[chance.integers(0, classes, size)]
    return kernel, ridge, truth


@pytest.mark.parametrize(("size", "probes"), [(3, 3), (40, 7), (256, 256), (300, 50), (700, 300)])
def test_weights_and_left_out_scores_are_those_of_the_whole_inverse(size: int, probes: int) -> None:
    kernel, ridge, truth = _problem(size)
    inverse = np.linalg.inv((kernel + np.diag(ridge)).astype(np.float64))
    expected = inverse @ truth
    weights, left_out = ridge_regression(kernel.copy(), ridge, truth, probes)
    assert np.allclose(weights, expected, atol=2e-3)
    residual = truth - expected / np.diag(inverse)[:, None]
    assert np.allclose(left_out, residual[-probes:], atol=5e-3)


def test_a_left_out_score_is_what_the_others_say() -> None:
    kernel, ridge, truth = _problem(60)
    _, left_out = ridge_regression(kernel.copy(), ridge, truth, 1)
    weights, _ = ridge_regression(kernel[:-1, :-1].copy(), ridge[:-1], truth[:-1], 1)
    assert np.allclose(kernel[-1, :-1] @ weights, left_out[0], atol=5e-3)
