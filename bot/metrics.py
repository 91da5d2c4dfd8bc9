"""Figures for /metrics, in a registry of their own so that two apps can live in one process."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from .store.records import Health


class Metrics:
    """Counters that the adapters raise, and gauges that are set when somebody asks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "loa_questions", "Questions by channel and outcome", ["channel", "outcome"], registry=self.registry
        )
        self.seconds = Histogram(
            "loa_answer_seconds", "Time to find an answer", registry=self.registry,
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0),
        )  # fmt: skip
        self._open = Gauge("loa_queue_open", "Open rows by queue", ["queue"], registry=self.registry)
        self._aside = Gauge("loa_queue_aside", "Rows that were put aside", registry=self.registry)
        self._oldest = Gauge("loa_queue_oldest_seconds", "Age of the oldest open row", registry=self.registry)

    def text(self, health: Health) -> bytes:
        """All figures in Prometheus' text format."""
        self._open.labels("inbox").set(health.open_inbox)
        self._open.labels("outbox").set(health.open_outbox)
        self._aside.set(len(health.aside))
        self._oldest.set(health.oldest_open)
        return generate_latest(self.registry)
