"""The columns of typed values: what is read from printed periods, costs, priorities, states and targets."""

from __future__ import annotations

from typing import get_args

from schemas.records import CostKind, Per, PeriodTerm, PriorityLevel, ProgressStatus, TargetComparison
from schemas.table import Column

VALUES = (
    Column("period_start", "Beginn", "begin", "first day of what `period` says", "date"),
    Column("period_end", "Ende", "end", "last day of what `period` says", "date"),
    Column("period_open", "ohne Ende", "open end", "it goes on, and no end is named", "boolean"),
    Column("period_approximate", "ungefähr", "approximate", "the days follow from words such as Mitte", "boolean"),
    Column("period_times_per_year", "Mal im Jahr", "times a year", "how often: jährlich is 1", "number"),
    Column("period_term", "Frist", "term", "kurzfristig is `short`", enum=get_args(PeriodTerm)),
    Column("period_months_min", "Monate von", "months from", "duration, least", "integer"),
    Column("period_months_max", "Monate bis", "months to", "duration, most", "integer"),
    Column("cost_min", "Euro von", "euros from", "the least that `cost` says", "number"),
    Column("cost_max", "Euro bis", "euros to", "the most that `cost` says", "number"),
    Column("cost_per", "Kosten je", "cost per", "empty where nothing is said", enum=get_args(Per)),
    Column("cost_approximate", "Kosten ungefähr", "cost approximate", "ca., rund", "boolean"),
    Column(
        "cost_kind",
        "Kostenart",
        "kind of cost",
        "in words: keine, kostenneutral, aus laufenden Mitteln, gering, mittel, hoch",
        enum=get_args(CostKind),
    ),
    Column("staff_min", "Stellen von", "posts from", "full-time posts, least", "number"),
    Column("staff_max", "Stellen bis", "posts to", "full-time posts, most", "number"),
    Column("priority_level", "Prioritätsstufe", "level of priority", "in words", enum=get_args(PriorityLevel)),
    Column("priority_rank", "Rang", "rank", "Priorität 1 and A are 1", "integer"),
    Column("priority_points", "Punkte", "points", "filled marks of ●●○", "integer"),
    Column("priority_points_max", "Punkte von", "points of", "all marks of ●●○", "integer"),
    Column("progress_status", "Umsetzungsstand", "state", "what `progress` says", enum=get_args(ProgressStatus)),
    Column("progress_percent", "Prozent", "percent", "how much is done", "integer"),
)
"""What is read from the printed texts of a measure; empty where they say nothing sure."""
TARGET = (
    Column("target_value", "Zielwert", "target", "the number that the text names as a target", "number"),
    Column("target_max", "Zielwert bis", "target to", "the greater number of a span", "number"),
    Column("target_comparison", "Vergleich", "comparison", "empty: the very number", enum=get_args(TargetComparison)),
    Column("target_unit", "Einheit", "unit", "what is counted, as printed; x for times"),
    Column("target_per", "je", "per", "for what the number is once", enum=get_args(Per)),
    Column("target_date", "Zieltermin", "target date", "last day by which it is to be reached", "date"),
)
