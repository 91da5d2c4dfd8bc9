"""Pictures of results: SVG that is the same to the byte when the results are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .measures import Bin


def calibration_plot(bins: Sequence[Bin], path: Path) -> None:
    """Share right over score; a dot grows with its questions, and the diagonal is "0.9 means nine in ten"."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Ids would be random and letters would be outlines of the machine's fonts.
    with mpl.rc_context({"svg.hashsalt": "loa", "svg.fonttype": "none"}):
        figure = Figure(figsize=(4.5, 4.5), layout="constrained")
        _draw(figure.subplots(), bins)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _draw(axes: Any, bins: Sequence[Bin]) -> None:
    total = sum(each.count for each in bins) or 1
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot([each.score for each in bins], [each.right for each in bins], color="tab:blue", linewidth=1)
    sizes = [20 + 400 * each.count / total for each in bins]
    axes.scatter([each.score for each in bins], [each.right for each in bins], s=sizes, color="tab:blue", alpha=0.6)
    for each in bins:
        axes.annotate(
            str(each.count), (each.score, each.right), textcoords="offset points", xytext=(6, -10), fontsize=8
        )
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="score of the likeliest subject", ylabel="share in which it was right")
